"""What the commands share: option parsing, files, errors and the compilation cache."""
