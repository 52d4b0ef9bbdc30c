"""What a pipeline file may say, as contract/schema.json has it."""
