"""The docker runtime: builds Millrace's images, brings the compose file up and down, and shows what is there."""
