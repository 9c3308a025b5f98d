"""Inside the action server, the only package that imports rasa_sdk: custom actions, one file each."""
