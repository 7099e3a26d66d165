"""What programs call: fetch by access and selectors, act by services, show. No rules here."""
