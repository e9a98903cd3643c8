"""Takeback: the orders-and-cancellation side of a social shop.

    a person          another program          a clock            a shell
       │                    │                     │                  │
    app.ui              app.server          app.background        app.cli
       └────────────────────┴──────────┬──────────┴──────────────────┘
                                    app.shop
                        actions · reads · files → tables → rules

`app.ui` knows `app.shop`; `app.shop` does not know that there is a UI.
"""
