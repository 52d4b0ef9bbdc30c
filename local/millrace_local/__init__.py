"""The local runtime: installs Millrace's parts, starts them under supervisord and stops them again."""
