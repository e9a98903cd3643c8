"""The guided tour: journeys A and B on practice orders, in the real screens over a store of their own."""
