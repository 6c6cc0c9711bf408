"""The screens: functions from the state to a scene."""
