"""What the commands share: options, languages, files, errors, exits and JAX settings."""
