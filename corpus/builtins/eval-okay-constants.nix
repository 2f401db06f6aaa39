# The constants.
[
  true
  false
  null
  builtins.true
  builtins.false
  builtins.null
  builtins.langVersion
  builtins.nixVersion
  builtins.storeDir
  builtins.nixPath
  (builtins.typeOf builtins.currentTime)
  (builtins.currentTime == builtins.currentTime)
  (builtins.currentTime > 1700000000)
  (builtins.builtins.builtins ? add)
  (builtins.typeOf builtins.currentSystem)
]
