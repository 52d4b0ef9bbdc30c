"""What a pipeline file may say: the schema, and the Python reader beside the Java one."""
