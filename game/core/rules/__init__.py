"""The rules: what is drawn, played, scored and set, as pure functions of frozen values."""
