"""The app as it stands on an Android phone: what it is packed of, how it starts there, what opens it."""
