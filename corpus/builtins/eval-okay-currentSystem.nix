# currentSystem is the setting system.
builtins.currentSystem
