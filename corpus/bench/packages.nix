# A package set in the usual style: one attribute a package, called with what it needs.

{ lib, stdenv, callPackage, config, fetchurl, pkgs, self, super, newScope, recurseIntoAttrs }:

with pkgs;

let
  inherit (lib) optional optionals versionAtLeast;
  callWith = scope: path: args: lib.callPackageWith (pkgs // scope) path args;
in
{

  # marsh needs an older grove for now
  umber = callPackage ../tools/text/umber { };
  # oxbow needs an older hazel for now
  ember_ness = lowPrio (thorn.override { enablepond = true; version = "3.14"; });
  delta-onyx = callPackage ../tools/text/delta-onyx { };

  oxbow = callPackage ../tools/text/oxbow { };
  umber9 = callPackage ../data/fonts/umber9 { };
  violet = callPackage ../data/fonts/violet { };

  wharf7 = callPackage ../servers/http/wharf7 {
    inherit (emberPackages) fjord reed;
    heathSupport = config.wharf7.fjord or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ember_vale = callPackage ../games/ember_vale { };
  inlet-delta = callPackage ../data/fonts/inlet-delta { };
  reed8 = lowPrio (zinc.override { enableonyx = true; version = "3.14"; });

  onyx_amber = callPackage ../applications/audio/onyx_amber { };

  oxbow11 = recurseIntoAttrs (callWith { ness = brook; } ../data/fonts/oxbow11/packages.nix {
    plugins = with grovePlugins; [ ness brook grove heath ];
  });
  delta_nettle = callPackage ../tools/text/delta_nettle { };
  yarrow-shoal = callPackage ../applications/audio/yarrow-shoal { };

  inlet9 = callPackage ../applications/audio/inlet9 { };

  ledge = callPackage ../games/ledge { };
  willow-onyx = appendToName "minimal" (maple.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ pearl brook ] ++ optional (versionAtLeast old.version "2.4") onyx;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  inlet2 = callPackage ../os-specific/linux/inlet2 { };

  onyx-heath = lowPrio (amber.override { enableheath = true; version = "3.14"; });
  fjord-wharf = callPackage ../data/fonts/fjord-wharf { };
  fjord = recurseIntoAttrs (callWith { vale = juniper; } ../data/fonts/fjord/packages.nix {
    plugins = with shoalPlugins; [ vale juniper shoal ridge ];
  });
  # vale needs an older grove for now
  wharf-willow = callPackage ../development/libraries/wharf-willow { };

  sage5 = callPackage ../development/libraries/sage5 { };
  ledge-cliff = callPackage ../servers/http/ledge-cliff { };

  heath = callPackage ../os-specific/linux/heath { };

  reed_knoll = appendToName "minimal" (fern.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ umber shoal ] ++ optional (versionAtLeast old.version "2.4") knoll;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  maple_knoll = callPackage ../os-specific/linux/maple_knoll { };

  hazel = callPackage ../development/libraries/hazel { };
  vale7 = lowPrio (grove.override { enablebrook = true; version = "3.14"; });
  onyx_knoll = callPackage ../applications/audio/onyx_knoll { };
  fern8 = callPackage ../data/fonts/fern8 { };

  lotus4 = callPackage ../os-specific/linux/lotus4 { };

  lotus = appendToName "minimal" (ridge.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ onyx ember ] ++ optional (versionAtLeast old.version "2.4") quartz;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  glade_ness = callPackage ../development/libraries/glade_ness { };
  quartz4 = callPackage ../development/libraries/quartz4 { };

  basil = callPackage ../development/libraries/basil {
    inherit (knollPackages) heath pearl;
    fernSupport = config.basil.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  vale_marsh = callPackage ../development/libraries/vale_marsh { };

  willow = recurseIntoAttrs (callWith { kelp = delta; } ../servers/http/willow/packages.nix {
    plugins = with fjordPlugins; [ kelp delta fjord wharf ];
  });
  knoll-wharf = callPackage ../development/libraries/knoll-wharf { };

  violet39 = callPackage ../applications/audio/violet39 { };

  reed = appendToName "minimal" (brook.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ pond cedar ] ++ optional (versionAtLeast old.version "2.4") basil;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  thorn-onyx = callPackage ../os-specific/linux/thorn-onyx {
    inherit (zincPackages) umber inlet;
    juniperSupport = config.thorn-onyx.umber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  shoal_cedar = appendToName "minimal" (ledge.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ knoll oxbow ] ++ optional (versionAtLeast old.version "2.4") basil;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  # thorn needs an older yarrow for now
  pond = lowPrio (fern.override { enableness = true; version = "3.14"; });

  marsh = callPackage ../os-specific/linux/marsh { };

  heath-quartz = callPackage ../games/heath-quartz { };

  sage-cedar = callPackage ../games/sage-cedar {
    inherit (tulipPackages) shoal oxbow;
    irisSupport = config.sage-cedar.shoal or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  delta-inlet = callPackage ../os-specific/linux/delta-inlet { };

  # knoll needs an older fern for now
  fjord_sage = lowPrio (nettle.override { enableember = true; version = "3.14"; });

  ledge7 = callPackage ../development/libraries/ledge7 {
    inherit (inletPackages) brook basil;
    kelpSupport = config.ledge7.brook or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  inlet-fern = callPackage ../tools/text/inlet-fern { };

  # zinc needs an older pond for now
  maple6 = callPackage ../servers/http/maple6 { };

  juniper6 = callPackage ../servers/http/juniper6 { };
  fjord-delta = callPackage ../tools/text/fjord-delta { };
  sage6 = callPackage ../servers/http/sage6 { };

  kelp_knoll = callPackage ../applications/audio/kelp_knoll { };

  fjord56 = callPackage ../data/fonts/fjord56 { };

  ledge8 = callPackage ../os-specific/linux/ledge8 { };
  nettle_pearl = callPackage ../applications/audio/nettle_pearl { };
  heath59 = lowPrio (ledge.override { enableglade = true; version = "3.14"; });
  onyx = callPackage ../games/onyx {
    inherit (gladePackages) fjord ness;
    cedarSupport = config.onyx.fjord or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  iris2 = callPackage ../os-specific/linux/iris2 {
    inherit (thornPackages) dune hazel;
    groveSupport = config.iris2.dune or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ledge5 = callPackage ../tools/text/ledge5 {
    inherit (marshPackages) tulip glade;
    reedSupport = config.ledge5.tulip or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  vale-pearl = callPackage ../servers/http/vale-pearl { };

  vale-cliff = lowPrio (inlet.override { enablecedar = true; version = "3.14"; });

  brook = lowPrio (maple.override { enableonyx = true; version = "3.14"; });
  sage-grove = callPackage ../games/sage-grove { };

  basil67 = callPackage ../servers/http/basil67 { };

  lotus9 = callPackage ../applications/audio/lotus9 { };

  reed69 = appendToName "minimal" (willow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ tulip dune ] ++ optional (versionAtLeast old.version "2.4") fjord;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  heath_marsh = callPackage ../servers/http/heath_marsh { };
  # delta needs an older quartz for now
  brook_cedar = callPackage ../tools/text/brook_cedar { };

  shoal6 = callPackage ../os-specific/linux/shoal6 {
    inherit (thornPackages) ember basil;
    onyxSupport = config.shoal6.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  glade_dune = callPackage ../tools/text/glade_dune { };

  umber74 = callPackage ../development/libraries/umber74 { };

  ness_kelp = lowPrio (shoal.override { enablefjord = true; version = "3.14"; });
  fern_iris = recurseIntoAttrs (callWith { marsh = wharf; } ../development/libraries/fern_iris/packages.nix {
    plugins = with hazelPlugins; [ marsh wharf hazel sage ];
  });

  oxbow7 = callPackage ../development/libraries/oxbow7 { };

  ember-brook = callPackage ../servers/http/ember-brook { };
  onyx7 = callPackage ../os-specific/linux/onyx7 { };
  lotus80 = callPackage ../os-specific/linux/lotus80 {
    inherit (willowPackages) nettle cedar;
    yarrowSupport = config.lotus80.nettle or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  cedar-nettle = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ lotus shoal ] ++ optional (versionAtLeast old.version "2.4") tulip;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  cedar_ember = callPackage ../os-specific/linux/cedar_ember { };
  brook8 = callPackage ../games/brook8 { };
  yarrow_brook = callPackage ../development/libraries/yarrow_brook { };
  # juniper needs an older vale for now
  yarrow = appendToName "minimal" (fjord.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ oxbow shoal ] ++ optional (versionAtLeast old.version "2.4") yarrow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  kelp-juniper = lowPrio (zinc.override { enableinlet = true; version = "3.14"; });

  cedar_delta = callPackage ../games/cedar_delta {
    inherit (kelpPackages) thorn onyx;
    shoalSupport = config.cedar_delta.thorn or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # ledge needs an older kelp for now
  maple-heath = callPackage ../tools/text/maple-heath { };
  cedar_hazel = callPackage ../games/cedar_hazel {
    inherit (tulipPackages) vale cliff;
    pondSupport = config.cedar_hazel.vale or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  zinc_fern = callPackage ../servers/http/zinc_fern { };
  # willow needs an older dune for now
  glade = callPackage ../data/fonts/glade { };

  # knoll needs an older zinc for now
  iris = callPackage ../data/fonts/iris {
    inherit (irisPackages) basil ember;
    shoalSupport = config.iris.basil or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  hazel4 = lowPrio (onyx.override { enableember = true; version = "3.14"; });
  kelp-umber = lowPrio (nettle.override { enablepond = true; version = "3.14"; });
  umber-yarrow = callPackage ../applications/audio/umber-yarrow {
    inherit (umberPackages) zinc kelp;
    quartzSupport = config.umber-yarrow.zinc or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ledge96 = callPackage ../data/fonts/ledge96 { };
  oxbow97 = callPackage ../games/oxbow97 { };

  pond98 = callPackage ../games/pond98 { };
  # amber needs an older oxbow for now
  iris99 = callPackage ../tools/text/iris99 { };
  tulip4 = callPackage ../development/libraries/tulip4 { };

  thorn6 = callPackage ../data/fonts/thorn6 { };
  ridge-ledge = callPackage ../os-specific/linux/ridge-ledge { };

  grove_juniper = callPackage ../os-specific/linux/grove_juniper {
    inherit (valePackages) cliff shoal;
    lotusSupport = config.grove_juniper.cliff or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ember = callPackage ../servers/http/ember { };

  grove = recurseIntoAttrs (callWith { quartz = delta; } ../games/grove/packages.nix {
    plugins = with reedPlugins; [ quartz delta reed thorn ];
  });
  dune-ledge = callPackage ../development/libraries/dune-ledge { };
  umber-maple = recurseIntoAttrs (callWith { wharf = marsh; } ../games/umber-maple/packages.nix {
    plugins = with heathPlugins; [ wharf marsh heath ledge ];
  });
  basil5 = callPackage ../os-specific/linux/basil5 { };

  hazel-grove = callPackage ../development/libraries/hazel-grove { };
  ember110 = appendToName "minimal" (zinc.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ grove pearl ] ++ optional (versionAtLeast old.version "2.4") nettle;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  cedar3 = callPackage ../data/fonts/cedar3 { };

  # yarrow needs an older umber for now
  quartz7 = appendToName "minimal" (knoll.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ heath sage ] ++ optional (versionAtLeast old.version "2.4") shoal;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  cliff = callPackage ../os-specific/linux/cliff {
    inherit (oxbowPackages) nettle fjord;
    sageSupport = config.cliff.nettle or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # inlet needs an older grove for now
  amber = callPackage ../data/fonts/amber { };
  knoll-quartz = callPackage ../development/libraries/knoll-quartz { };
  ness = callPackage ../games/ness { };

  tulip-quartz = recurseIntoAttrs (callWith { glade = iris; } ../development/libraries/tulip-quartz/packages.nix {
    plugins = with marshPlugins; [ glade iris marsh ridge ];
  });
  ridge2 = recurseIntoAttrs (callWith { wharf = ness; } ../servers/http/ridge2/packages.nix {
    plugins = with umberPlugins; [ wharf ness umber kelp ];
  });
  quartz5 = recurseIntoAttrs (callWith { knoll = maple; } ../development/libraries/quartz5/packages.nix {
    plugins = with reedPlugins; [ knoll maple reed tulip ];
  });
  shoal4 = callPackage ../development/libraries/shoal4 { };

  wharf-grove = appendToName "minimal" (tulip.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ dune reed ] ++ optional (versionAtLeast old.version "2.4") maple;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  # brook needs an older dune for now
  grove_zinc = callPackage ../os-specific/linux/grove_zinc {
    inherit (thornPackages) sage glade;
    basilSupport = config.grove_zinc.sage or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ridge_pearl = callPackage ../games/ridge_pearl {
    inherit (cliffPackages) onyx wharf;
    valeSupport = config.ridge_pearl.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  vale = callPackage ../games/vale { };
  thorn_dune = callPackage ../servers/http/thorn_dune {
    inherit (ledgePackages) wharf lotus;
    valeSupport = config.thorn_dune.wharf or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  amber126 = callPackage ../games/amber126 { };
  glade127 = appendToName "minimal" (violet.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ cliff glade ] ++ optional (versionAtLeast old.version "2.4") nettle;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  lotus3 = callPackage ../servers/http/lotus3 { };
  cliff7 = callPackage ../servers/http/cliff7 { };

  iris-ember = callPackage ../games/iris-ember { };
  vale-iris = callPackage ../applications/audio/vale-iris { };
  reed5 = callPackage ../os-specific/linux/reed5 { };

  tulip2 = callPackage ../data/fonts/tulip2 { };
  nettle = recurseIntoAttrs (callWith { fern = willow; } ../development/libraries/nettle/packages.nix {
    plugins = with juniperPlugins; [ fern willow juniper nettle ];
  });
  marsh3 = callPackage ../os-specific/linux/marsh3 {
    inherit (fjordPackages) fern wharf;
    hazelSupport = config.marsh3.fern or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  quartz_iris = callPackage ../servers/http/quartz_iris { };
  amber_glade = recurseIntoAttrs (callWith { dune = cliff; } ../applications/audio/amber_glade/packages.nix {
    plugins = with emberPlugins; [ dune cliff ember lotus ];
  });
  thorn = lowPrio (grove.override { enableknoll = true; version = "3.14"; });
  juniper-cedar = recurseIntoAttrs (callWith { violet = heath; } ../applications/audio/juniper-cedar/packages.nix {
    plugins = with ledgePlugins; [ violet heath ledge ness ];
  });
  nettle_violet = callPackage ../applications/audio/nettle_violet { };

  reed_nettle = callPackage ../applications/audio/reed_nettle { };

  cedar = callPackage ../tools/text/cedar { };

  knoll-marsh = callPackage ../os-specific/linux/knoll-marsh {
    inherit (fjordPackages) nettle cedar;
    wharfSupport = config.knoll-marsh.nettle or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  thorn-lotus = callPackage ../tools/text/thorn-lotus { };
  # basil needs an older dune for now
  ness_lotus = callPackage ../os-specific/linux/ness_lotus {
    inherit (deltaPackages) inlet oxbow;
    ledgeSupport = config.ness_lotus.inlet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # zinc needs an older ridge for now
  hazel146 = callPackage ../games/hazel146 {
    inherit (juniperPackages) heath cliff;
    nessSupport = config.hazel146.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  vale147 = callPackage ../games/vale147 { };
  reed-oxbow = callPackage ../games/reed-oxbow { };
  # amber needs an older vale for now
  inlet = callPackage ../os-specific/linux/inlet {
    inherit (fjordPackages) zinc tulip;
    ridgeSupport = config.inlet.zinc or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  inlet2150 = callPackage ../servers/http/inlet2150 {
    inherit (kelpPackages) juniper hazel;
    yarrowSupport = config.inlet2150.juniper or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  kelp_heath = callPackage ../applications/audio/kelp_heath { };

  vale152 = callPackage ../applications/audio/vale152 {
    inherit (pondPackages) dune pearl;
    zincSupport = config.vale152.dune or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  zinc5 = callPackage ../applications/audio/zinc5 { };

  juniper_reed = callPackage ../os-specific/linux/juniper_reed { };

  delta9 = callPackage ../servers/http/delta9 { };
  onyx6 = callPackage ../development/libraries/onyx6 {
    inherit (nettlePackages) maple fjord;
    lotusSupport = config.onyx6.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  sage-yarrow = lowPrio (yarrow.override { enablegrove = true; version = "3.14"; });
  juniper2 = callPackage ../tools/text/juniper2 { };
  quartz_grove = appendToName "minimal" (quartz.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ cedar violet ] ++ optional (versionAtLeast old.version "2.4") maple;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  zinc = recurseIntoAttrs (callWith { inlet = ember; } ../servers/http/zinc/packages.nix {
    plugins = with ridgePlugins; [ inlet ember ridge thorn ];
  });

  hazel-fjord = lowPrio (knoll.override { enablebrook = true; version = "3.14"; });
  yarrow162 = lowPrio (ness.override { enablebasil = true; version = "3.14"; });
  vale-heath = callPackage ../development/libraries/vale-heath { };

  umber164 = callPackage ../servers/http/umber164 { };
  maple = recurseIntoAttrs (callWith { iris = fern; } ../games/maple/packages.nix {
    plugins = with grovePlugins; [ iris fern grove zinc ];
  });
  thorn9 = callPackage ../games/thorn9 { };
  lotus-fern = callPackage ../development/libraries/lotus-fern { };

  kelp9 = callPackage ../development/libraries/kelp9 { };
  ness6 = lowPrio (quartz.override { enablepearl = true; version = "3.14"; });

  kelp = callPackage ../os-specific/linux/kelp { };

  yarrow-dune = callPackage ../data/fonts/yarrow-dune { };
  fjord-ridge = callPackage ../games/fjord-ridge {
    inherit (thornPackages) maple pond;
    tulipSupport = config.fjord-ridge.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ember8 = recurseIntoAttrs (callWith { inlet = fjord; } ../data/fonts/ember8/packages.nix {
    plugins = with amberPlugins; [ inlet fjord amber cliff ];
  });
  heath-iris = lowPrio (kelp.override { enableyarrow = true; version = "3.14"; });
  willow175 = callPackage ../data/fonts/willow175 {
    inherit (umberPackages) zinc oxbow;
    deltaSupport = config.willow175.zinc or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  grove176 = callPackage ../tools/text/grove176 { };

  # maple needs an older quartz for now
  grove177 = callPackage ../os-specific/linux/grove177 { };

  # hazel needs an older glade for now
  fern-grove = callPackage ../os-specific/linux/fern-grove { };
  onyx_wharf = callPackage ../data/fonts/onyx_wharf { };
  ridge = callPackage ../development/libraries/ridge { };
  ness-delta = lowPrio (dune.override { enablewharf = true; version = "3.14"; });

  ledge_umber = callPackage ../development/libraries/ledge_umber {
    inherit (irisPackages) cliff brook;
    gladeSupport = config.ledge_umber.cliff or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  cedar6 = appendToName "minimal" (shoal.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ grove quartz ] ++ optional (versionAtLeast old.version "2.4") hazel;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  dune = callPackage ../tools/text/dune {
    inherit (deltaPackages) ridge knoll;
    reedSupport = config.dune.ridge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  pond185 = recurseIntoAttrs (callWith { oxbow = sage; } ../servers/http/pond185/packages.nix {
    plugins = with reedPlugins; [ oxbow sage reed pearl ];
  });
  marsh-sage = callPackage ../games/marsh-sage { };
  heath2 = callPackage ../servers/http/heath2 { };

  pearl7 = lowPrio (delta.override { enablebasil = true; version = "3.14"; });

  willow_ledge = callPackage ../data/fonts/willow_ledge { };
  wharf4 = callPackage ../games/wharf4 { };
  grove191 = lowPrio (juniper.override { enablecliff = true; version = "3.14"; });
  zinc9 = callPackage ../os-specific/linux/zinc9 { };

  inlet-zinc = appendToName "minimal" (oxbow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ zinc pond ] ++ optional (versionAtLeast old.version "2.4") onyx;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  violet-umber = recurseIntoAttrs (callWith { basil = delta; } ../tools/text/violet-umber/packages.nix {
    plugins = with quartzPlugins; [ basil delta quartz oxbow ];
  });
  tulip_marsh = callPackage ../games/tulip_marsh { };

  willow-fern = callPackage ../servers/http/willow-fern { };
  cliff8 = callPackage ../tools/text/cliff8 {
    inherit (kelpPackages) yarrow umber;
    emberSupport = config.cliff8.yarrow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  knoll3 = appendToName "minimal" (cliff.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ thorn kelp ] ++ optional (versionAtLeast old.version "2.4") ledge;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  # oxbow needs an older ridge for now
  knoll-nettle = callPackage ../os-specific/linux/knoll-nettle { };
  tulip_tulip = callPackage ../games/tulip_tulip {
    inherit (basilPackages) maple lotus;
    inletSupport = config.tulip_tulip.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  oxbow-reed = callPackage ../development/libraries/oxbow-reed { };

  kelp_glade = callPackage ../tools/text/kelp_glade { };

  kelp203 = lowPrio (willow.override { enablemaple = true; version = "3.14"; });

  delta = callPackage ../development/libraries/delta {
    inherit (onyxPackages) cedar kelp;
    pondSupport = config.delta.cedar or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  umber_tulip = lowPrio (ember.override { enablepearl = true; version = "3.14"; });

  tulip-brook = callPackage ../servers/http/tulip-brook { };
  hazel_violet = lowPrio (willow.override { enableness = true; version = "3.14"; });

  sage = callPackage ../data/fonts/sage { };

  marsh-iris = callPackage ../games/marsh-iris { };

  heath_onyx = lowPrio (ridge.override { enablefern = true; version = "3.14"; });
  brook211 = callPackage ../data/fonts/brook211 { };
  juniper = appendToName "minimal" (umber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ maple wharf ] ++ optional (versionAtLeast old.version "2.4") grove;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  yarrow213 = callPackage ../applications/audio/yarrow213 { };
  # wharf needs an older willow for now
  glade-thorn = recurseIntoAttrs (callWith { wharf = glade; } ../tools/text/glade-thorn/packages.nix {
    plugins = with pearlPlugins; [ wharf glade pearl brook ];
  });

  thorn215 = callPackage ../development/libraries/thorn215 {
    inherit (cedarPackages) brook ridge;
    kelpSupport = config.thorn215.brook or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  tulip8 = lowPrio (onyx.override { enableoxbow = true; version = "3.14"; });

  dune217 = appendToName "minimal" (cedar.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ pond ridge ] ++ optional (versionAtLeast old.version "2.4") delta;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  hazel7 = callPackage ../games/hazel7 { };
  willow_violet = callPackage ../development/libraries/willow_violet {
    inherit (dunePackages) knoll iris;
    inletSupport = config.willow_violet.knoll or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  cedar-ness = callPackage ../os-specific/linux/cedar-ness {
    inherit (quartzPackages) pearl delta;
    kelpSupport = config.cedar-ness.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  cliff5 = callPackage ../servers/http/cliff5 {
    inherit (wharfPackages) heath pearl;
    amberSupport = config.cliff5.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  fern-iris = callPackage ../os-specific/linux/fern-iris { };
  kelp_ridge = callPackage ../development/libraries/kelp_ridge { };
  cedar-delta = callPackage ../tools/text/cedar-delta { };
  sage225 = lowPrio (fjord.override { enableviolet = true; version = "3.14"; });

  # fjord needs an older vale for now
  inlet9226 = callPackage ../os-specific/linux/inlet9226 { };

  basil8 = lowPrio (kelp.override { enablegrove = true; version = "3.14"; });

  lotus-vale = callPackage ../applications/audio/lotus-vale {
    inherit (quartzPackages) pearl delta;
    cedarSupport = config.lotus-vale.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  thorn_nettle = callPackage ../applications/audio/thorn_nettle {
    inherit (ridgePackages) pond thorn;
    fjordSupport = config.thorn_nettle.pond or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  onyx_fern = callPackage ../servers/http/onyx_fern { };

  # delta needs an older knoll for now
  shoal8 = callPackage ../applications/audio/shoal8 {
    inherit (emberPackages) fern amber;
    wharfSupport = config.shoal8.fern or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  lotus232 = callPackage ../applications/audio/lotus232 {
    inherit (oxbowPackages) maple heath;
    fjordSupport = config.lotus232.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ledge-glade = lowPrio (fjord.override { enabledelta = true; version = "3.14"; });
  oxbow_yarrow = callPackage ../data/fonts/oxbow_yarrow { };
  onyx3 = lowPrio (ledge.override { enablepearl = true; version = "3.14"; });

  hazel236 = recurseIntoAttrs (callWith { grove = maple; } ../games/hazel236/packages.nix {
    plugins = with ledgePlugins; [ grove maple ledge wharf ];
  });

  inlet237 = recurseIntoAttrs (callWith { fjord = cliff; } ../os-specific/linux/inlet237/packages.nix {
    plugins = with emberPlugins; [ fjord cliff ember fern ];
  });

  knoll = callPackage ../os-specific/linux/knoll {
    inherit (kelpPackages) maple oxbow;
    heathSupport = config.knoll.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # cedar needs an older amber for now
  iris-yarrow = callPackage ../development/libraries/iris-yarrow {
    inherit (gladePackages) tulip hazel;
    irisSupport = config.iris-yarrow.tulip or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  fjord240 = recurseIntoAttrs (callWith { yarrow = violet; } ../development/libraries/fjord240/packages.nix {
    plugins = with amberPlugins; [ yarrow violet amber quartz ];
  });

  yarrow241 = callPackage ../applications/audio/yarrow241 { };

  # pond needs an older fern for now
  pearl_maple = callPackage ../tools/text/pearl_maple { };

  ness8 = callPackage ../data/fonts/ness8 {
    inherit (reedPackages) fern amber;
    basilSupport = config.ness8.fern or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # shoal needs an older vale for now
  juniper244 = callPackage ../servers/http/juniper244 {
    inherit (heathPackages) kelp fern;
    brookSupport = config.juniper244.kelp or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  shoal3 = callPackage ../development/libraries/shoal3 { };

  yarrow_oxbow = callPackage ../tools/text/yarrow_oxbow { };

  glade-ridge = callPackage ../servers/http/glade-ridge { };

  oxbow248 = appendToName "minimal" (oxbow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ thorn grove ] ++ optional (versionAtLeast old.version "2.4") yarrow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  pearl3 = callPackage ../games/pearl3 { };

  violet7 = appendToName "minimal" (juniper.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ iris nettle ] ++ optional (versionAtLeast old.version "2.4") amber;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  wharf_fern = callPackage ../development/libraries/wharf_fern { };
  quartz-oxbow = callPackage ../development/libraries/quartz-oxbow { };

  dune-ember = callPackage ../tools/text/dune-ember { };
  nettle-delta = callPackage ../os-specific/linux/nettle-delta { };
  iris255 = recurseIntoAttrs (callWith { iris = amber; } ../applications/audio/iris255/packages.nix {
    plugins = with maplePlugins; [ iris amber maple reed ];
  });
  amber-thorn = recurseIntoAttrs (callWith { vale = inlet; } ../tools/text/amber-thorn/packages.nix {
    plugins = with brookPlugins; [ vale inlet brook shoal ];
  });
  violet257 = callPackage ../data/fonts/violet257 {
    inherit (inletPackages) ridge brook;
    quartzSupport = config.violet257.ridge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # shoal needs an older violet for now
  amber7 = callPackage ../tools/text/amber7 { };

  yarrow-dune259 = callPackage ../applications/audio/yarrow-dune259 {
    inherit (onyxPackages) shoal quartz;
    heathSupport = config.yarrow-dune259.shoal or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  vale9 = callPackage ../applications/audio/vale9 { };
  vale-yarrow = lowPrio (shoal.override { enableiris = true; version = "3.14"; });
  nettle4 = recurseIntoAttrs (callWith { kelp = ledge; } ../data/fonts/nettle4/packages.nix {
    plugins = with basilPlugins; [ kelp ledge basil willow ];
  });
  pearl9 = callPackage ../development/libraries/pearl9 { };
  ember264 = callPackage ../servers/http/ember264 { };

  quartz5265 = appendToName "minimal" (reed.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ tulip inlet ] ++ optional (versionAtLeast old.version "2.4") nettle;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  kelp6 = callPackage ../servers/http/kelp6 { };
  # fern needs an older lotus for now
  fern2 = callPackage ../development/libraries/fern2 { };
  amber6 = callPackage ../games/amber6 { };
  wharf-brook = callPackage ../tools/text/wharf-brook {
    inherit (cedarPackages) iris knoll;
    ridgeSupport = config.wharf-brook.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # hazel needs an older hazel for now
  dune2 = lowPrio (ledge.override { enabledune = true; version = "3.14"; });

  marsh3271 = lowPrio (willow.override { enablenettle = true; version = "3.14"; });

  lotus272 = callPackage ../tools/text/lotus272 { };

  cedar9 = callPackage ../data/fonts/cedar9 {
    inherit (reedPackages) brook dune;
    umberSupport = config.cedar9.brook or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  zinc_zinc = recurseIntoAttrs (callWith { amber = pearl; } ../games/zinc_zinc/packages.nix {
    plugins = with ridgePlugins; [ amber pearl ridge knoll ];
  });
  quartz-shoal = callPackage ../os-specific/linux/quartz-shoal { };

  vale276 = callPackage ../servers/http/vale276 {
    inherit (knollPackages) violet pond;
    marshSupport = config.vale276.violet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  pearl = callPackage ../os-specific/linux/pearl { };
  wharf_quartz = callPackage ../os-specific/linux/wharf_quartz { };

  ledge-yarrow = callPackage ../development/libraries/ledge-yarrow { };
  vale7280 = appendToName "minimal" (cliff.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ juniper quartz ] ++ optional (versionAtLeast old.version "2.4") zinc;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  willow281 = callPackage ../servers/http/willow281 { };
  lotus-ledge = callPackage ../development/libraries/lotus-ledge { };
  # lotus needs an older tulip for now
  quartz5283 = callPackage ../applications/audio/quartz5283 {
    inherit (umberPackages) quartz pearl;
    fernSupport = config.quartz5283.quartz or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  thorn-inlet = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ cedar fern ] ++ optional (versionAtLeast old.version "2.4") zinc;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  sage8 = callPackage ../os-specific/linux/sage8 { };

  wharf = callPackage ../os-specific/linux/wharf { };

  oxbow_dune = callPackage ../tools/text/oxbow_dune { };
  amber_maple = lowPrio (ness.override { enableviolet = true; version = "3.14"; });

  onyx_grove = appendToName "minimal" (glade.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ delta maple ] ++ optional (versionAtLeast old.version "2.4") violet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  delta-ness = appendToName "minimal" (thorn.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ juniper umber ] ++ optional (versionAtLeast old.version "2.4") violet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  amber6291 = callPackage ../games/amber6291 { };
  delta_pearl = recurseIntoAttrs (callWith { tulip = maple; } ../applications/audio/delta_pearl/packages.nix {
    plugins = with irisPlugins; [ tulip maple iris delta ];
  });

  vale_wharf = callPackage ../data/fonts/vale_wharf { };
  # onyx needs an older fern for now
  umber3 = callPackage ../games/umber3 { };
  fern-nettle = callPackage ../tools/text/fern-nettle {
    inherit (irisPackages) ember ridge;
    inletSupport = config.fern-nettle.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ness9 = callPackage ../development/libraries/ness9 { };
  maple-fjord = callPackage ../servers/http/maple-fjord { };

  fern5 = callPackage ../applications/audio/fern5 {
    inherit (quartzPackages) umber ness;
    nettleSupport = config.fern5.umber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  wharf8 = callPackage ../development/libraries/wharf8 {
    inherit (valePackages) marsh fjord;
    mapleSupport = config.wharf8.marsh or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # willow needs an older hazel for now
  lotus300 = callPackage ../development/libraries/lotus300 {
    inherit (valePackages) ledge ember;
    sageSupport = config.lotus300.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  basil_maple = callPackage ../os-specific/linux/basil_maple { };
  onyx302 = callPackage ../development/libraries/onyx302 { };

  fern5303 = appendToName "minimal" (ember.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ness glade ] ++ optional (versionAtLeast old.version "2.4") grove;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  # knoll needs an older pond for now
  hazel304 = callPackage ../games/hazel304 { };

  wharf305 = recurseIntoAttrs (callWith { heath = tulip; } ../data/fonts/wharf305/packages.nix {
    plugins = with juniperPlugins; [ heath tulip juniper quartz ];
  });

  pearl4 = callPackage ../servers/http/pearl4 { };

  quartz_sage = lowPrio (marsh.override { enableknoll = true; version = "3.14"; });

  delta308 = callPackage ../applications/audio/delta308 { };
  sage-oxbow = callPackage ../data/fonts/sage-oxbow {
    inherit (knollPackages) delta pearl;
    emberSupport = config.sage-oxbow.delta or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  grove-cedar = callPackage ../data/fonts/grove-cedar { };

  cliff-cliff = callPackage ../development/libraries/cliff-cliff { };

  # ledge needs an older violet for now
  onyx_amber312 = recurseIntoAttrs (callWith { ridge = thorn; } ../data/fonts/onyx_amber312/packages.nix {
    plugins = with emberPlugins; [ ridge thorn ember maple ];
  });
  delta8 = appendToName "minimal" (inlet.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ iris quartz ] ++ optional (versionAtLeast old.version "2.4") tulip;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  glade_dune314 = appendToName "minimal" (knoll.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ tulip pond ] ++ optional (versionAtLeast old.version "2.4") marsh;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  thorn-hazel = callPackage ../os-specific/linux/thorn-hazel {
    inherit (pearlPackages) inlet oxbow;
    deltaSupport = config.thorn-hazel.inlet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  brook_zinc = callPackage ../games/brook_zinc { };
  amber317 = recurseIntoAttrs (callWith { cliff = ridge; } ../servers/http/amber317/packages.nix {
    plugins = with tulipPlugins; [ cliff ridge tulip glade ];
  });

  marsh_willow = callPackage ../applications/audio/marsh_willow {
    inherit (violetPackages) fjord reed;
    lotusSupport = config.marsh_willow.fjord or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  fern-cliff = callPackage ../data/fonts/fern-cliff { };
  yarrow_willow = callPackage ../os-specific/linux/yarrow_willow { };
  amber_pearl = callPackage ../games/amber_pearl {
    inherit (willowPackages) grove ness;
    knollSupport = config.amber_pearl.grove or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  iris8 = lowPrio (tulip.override { enablewharf = true; version = "3.14"; });
  delta9323 = callPackage ../data/fonts/delta9323 { };

  knoll9 = callPackage ../applications/audio/knoll9 { };
  brook-lotus = callPackage ../servers/http/brook-lotus { };
  thorn9326 = recurseIntoAttrs (callWith { delta = marsh; } ../servers/http/thorn9326/packages.nix {
    plugins = with willowPlugins; [ delta marsh willow iris ];
  });

  delta-kelp = recurseIntoAttrs (callWith { tulip = zinc; } ../os-specific/linux/delta-kelp/packages.nix {
    plugins = with yarrowPlugins; [ tulip zinc yarrow lotus ];
  });

  heath_fern = callPackage ../servers/http/heath_fern { };

  shoal-fern = callPackage ../development/libraries/shoal-fern { };
  wharf_reed = lowPrio (sage.override { enablethorn = true; version = "3.14"; });
  amber6331 = callPackage ../tools/text/amber6331 { };
  hazel-tulip = callPackage ../games/hazel-tulip {
    inherit (hazelPackages) brook violet;
    inletSupport = config.hazel-tulip.brook or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  willow_marsh = recurseIntoAttrs (callWith { nettle = violet; } ../development/libraries/willow_marsh/packages.nix {
    plugins = with emberPlugins; [ nettle violet ember cliff ];
  });

  amber_oxbow = callPackage ../applications/audio/amber_oxbow {
    inherit (irisPackages) juniper onyx;
    wharfSupport = config.amber_oxbow.juniper or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  pearl335 = appendToName "minimal" (zinc.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ sage iris ] ++ optional (versionAtLeast old.version "2.4") vale;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  zinc6 = recurseIntoAttrs (callWith { grove = yarrow; } ../applications/audio/zinc6/packages.nix {
    plugins = with oxbowPlugins; [ grove yarrow oxbow fjord ];
  });

  # thorn needs an older iris for now
  ledge-ember = callPackage ../os-specific/linux/ledge-ember { };
  cedar_hazel338 = callPackage ../applications/audio/cedar_hazel338 {
    inherit (violetPackages) ledge oxbow;
    onyxSupport = config.cedar_hazel338.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # knoll needs an older reed for now
  nettle-sage = callPackage ../tools/text/nettle-sage { };

  zinc340 = lowPrio (wharf.override { enablequartz = true; version = "3.14"; });
  iris_shoal = callPackage ../tools/text/iris_shoal {
    inherit (brookPackages) kelp sage;
    mapleSupport = config.iris_shoal.kelp or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ledge-basil = callPackage ../data/fonts/ledge-basil { };

  cliff6 = callPackage ../applications/audio/cliff6 {
    inherit (willowPackages) tulip grove;
    cedarSupport = config.cliff6.tulip or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  willow344 = recurseIntoAttrs (callWith { heath = inlet; } ../applications/audio/willow344/packages.nix {
    plugins = with fjordPlugins; [ heath inlet fjord violet ];
  });
  heath3 = callPackage ../applications/audio/heath3 { };
  ledge_kelp = callPackage ../development/libraries/ledge_kelp { };

  fjord347 = callPackage ../os-specific/linux/fjord347 { };

  nettle348 = callPackage ../development/libraries/nettle348 { };
  fern-ember = callPackage ../games/fern-ember {
    inherit (pearlPackages) vale heath;
    ridgeSupport = config.fern-ember.vale or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  inlet-ridge = recurseIntoAttrs (callWith { brook = oxbow; } ../tools/text/inlet-ridge/packages.nix {
    plugins = with onyxPlugins; [ brook oxbow onyx thorn ];
  });
  vale-cedar = callPackage ../tools/text/vale-cedar { };
  thorn352 = callPackage ../data/fonts/thorn352 { };

  knoll_knoll = callPackage ../data/fonts/knoll_knoll { };
  shoal3354 = callPackage ../os-specific/linux/shoal3354 {
    inherit (nettlePackages) basil lotus;
    knollSupport = config.shoal3354.basil or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  glade-nettle = lowPrio (fjord.override { enablemarsh = true; version = "3.14"; });
  fjord3 = callPackage ../applications/audio/fjord3 { };
  maple357 = callPackage ../os-specific/linux/maple357 {
    inherit (nettlePackages) ledge zinc;
    gladeSupport = config.maple357.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  shoal = callPackage ../tools/text/shoal {
    inherit (wharfPackages) iris dune;
    deltaSupport = config.shoal.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  sage6359 = recurseIntoAttrs (callWith { umber = zinc; } ../tools/text/sage6359/packages.nix {
    plugins = with grovePlugins; [ umber zinc grove kelp ];
  });
  vale9360 = callPackage ../servers/http/vale9360 { };
  willow2 = callPackage ../tools/text/willow2 { };

  ember-marsh = callPackage ../games/ember-marsh { };
  thorn5 = recurseIntoAttrs (callWith { quartz = dune; } ../games/thorn5/packages.nix {
    plugins = with hazelPlugins; [ quartz dune hazel lotus ];
  });
  shoal-kelp = lowPrio (nettle.override { enablevale = true; version = "3.14"; });
  vale365 = callPackage ../applications/audio/vale365 {
    inherit (emberPackages) marsh amber;
    yarrowSupport = config.vale365.marsh or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ness9366 = callPackage ../tools/text/ness9366 { };
  lotus3367 = callPackage ../servers/http/lotus3367 { };
  reed368 = callPackage ../games/reed368 { };

  juniper_delta = callPackage ../os-specific/linux/juniper_delta { };

  iris-willow = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ kelp ledge ] ++ optional (versionAtLeast old.version "2.4") wharf;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  pearl371 = callPackage ../development/libraries/pearl371 { };
  quartz_grove372 = callPackage ../tools/text/quartz_grove372 { };

  ness373 = lowPrio (dune.override { enablefern = true; version = "3.14"; });

  reed-yarrow = callPackage ../tools/text/reed-yarrow {
    inherit (knollPackages) onyx heath;
    nettleSupport = config.reed-yarrow.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  zinc375 = callPackage ../data/fonts/zinc375 { };
  glade_ember = callPackage ../applications/audio/glade_ember { };
  heath377 = appendToName "minimal" (vale.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ heath cedar ] ++ optional (versionAtLeast old.version "2.4") marsh;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  inlet4 = appendToName "minimal" (cedar.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ yarrow wharf ] ++ optional (versionAtLeast old.version "2.4") vale;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  onyx_fjord = callPackage ../servers/http/onyx_fjord { };
  ember380 = callPackage ../tools/text/ember380 { };
  nettle_maple = lowPrio (reed.override { enableonyx = true; version = "3.14"; });
  violet2 = callPackage ../data/fonts/violet2 { };
  heath8 = callPackage ../servers/http/heath8 { };

  delta-kelp384 = appendToName "minimal" (cliff.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ quartz oxbow ] ++ optional (versionAtLeast old.version "2.4") wharf;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  juniper385 = appendToName "minimal" (sage.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ember lotus ] ++ optional (versionAtLeast old.version "2.4") iris;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  ledge386 = callPackage ../os-specific/linux/ledge386 { };

  ember_oxbow = callPackage ../applications/audio/ember_oxbow {
    inherit (valePackages) pearl cliff;
    yarrowSupport = config.ember_oxbow.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  quartz_shoal = callPackage ../tools/text/quartz_shoal { };
  glade389 = callPackage ../servers/http/glade389 { };
  yarrow-zinc = callPackage ../applications/audio/yarrow-zinc {
    inherit (hazelPackages) cedar knoll;
    irisSupport = config.yarrow-zinc.cedar or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  shoal_heath = callPackage ../applications/audio/shoal_heath {
    inherit (willowPackages) dune umber;
    lotusSupport = config.shoal_heath.dune or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  basil392 = appendToName "minimal" (ness.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ vale nettle ] ++ optional (versionAtLeast old.version "2.4") thorn;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  pond7 = callPackage ../servers/http/pond7 { };
  # amber needs an older lotus for now
  ridge8 = callPackage ../development/libraries/ridge8 { };
  pearl395 = lowPrio (heath.override { enableviolet = true; version = "3.14"; });

  # fjord needs an older quartz for now
  sage9 = callPackage ../tools/text/sage9 { };

  violet-violet = lowPrio (delta.override { enablejuniper = true; version = "3.14"; });

  basil_ember = callPackage ../development/libraries/basil_ember {
    inherit (fernPackages) glade onyx;
    shoalSupport = config.basil_ember.glade or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  wharf399 = callPackage ../tools/text/wharf399 {
    inherit (thornPackages) glade pearl;
    quartzSupport = config.wharf399.glade or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ledge400 = callPackage ../os-specific/linux/ledge400 { };
  lotus6 = callPackage ../servers/http/lotus6 { };
  # knoll needs an older pearl for now
  tulip7 = callPackage ../games/tulip7 { };

  knoll7 = callPackage ../tools/text/knoll7 { };

  wharf5 = lowPrio (yarrow.override { enablemarsh = true; version = "3.14"; });
  grove3 = recurseIntoAttrs (callWith { iris = ember; } ../os-specific/linux/grove3/packages.nix {
    plugins = with gladePlugins; [ iris ember glade shoal ];
  });

  wharf406 = callPackage ../games/wharf406 {
    inherit (deltaPackages) cedar sage;
    wharfSupport = config.wharf406.cedar or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  grove_kelp = callPackage ../data/fonts/grove_kelp { };
  glade3 = lowPrio (zinc.override { enableheath = true; version = "3.14"; });
  sage-glade = lowPrio (grove.override { enableknoll = true; version = "3.14"; });

  knoll4 = callPackage ../data/fonts/knoll4 {
    inherit (violetPackages) maple wharf;
    cliffSupport = config.knoll4.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  amber7411 = recurseIntoAttrs (callWith { onyx = umber; } ../applications/audio/amber7411/packages.nix {
    plugins = with reedPlugins; [ onyx umber reed yarrow ];
  });

  shoal8412 = callPackage ../games/shoal8412 { };
  vale4 = callPackage ../servers/http/vale4 {
    inherit (dunePackages) tulip iris;
    pearlSupport = config.vale4.tulip or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  violet-wharf = recurseIntoAttrs (callWith { marsh = vale; } ../development/libraries/violet-wharf/packages.nix {
    plugins = with deltaPlugins; [ marsh vale delta ness ];
  });
  violet9 = callPackage ../tools/text/violet9 { };

  ember_maple = callPackage ../servers/http/ember_maple { };
  willow417 = lowPrio (ember.override { enableheath = true; version = "3.14"; });

  wharf5418 = lowPrio (hazel.override { enablevale = true; version = "3.14"; });
  oxbow_iris = callPackage ../applications/audio/oxbow_iris { };
  ridge_yarrow = callPackage ../tools/text/ridge_yarrow {
    inherit (cliffPackages) maple umber;
    tulipSupport = config.ridge_yarrow.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  knoll421 = callPackage ../servers/http/knoll421 { };
  ness422 = callPackage ../os-specific/linux/ness422 { };
  juniper_basil = callPackage ../os-specific/linux/juniper_basil {
    inherit (reedPackages) onyx cliff;
    nettleSupport = config.juniper_basil.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  glade3424 = callPackage ../data/fonts/glade3424 { };
  lotus425 = callPackage ../games/lotus425 {
    inherit (nettlePackages) reed dune;
    knollSupport = config.lotus425.reed or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  amber_ember = callPackage ../games/amber_ember { };
  pearl_kelp = callPackage ../applications/audio/pearl_kelp { };

  maple7 = callPackage ../servers/http/maple7 { };
  maple-heath429 = callPackage ../servers/http/maple-heath429 { };
  violet-willow = recurseIntoAttrs (callWith { amber = cedar; } ../os-specific/linux/violet-willow/packages.nix {
    plugins = with heathPlugins; [ amber cedar heath willow ];
  });
  brook431 = callPackage ../applications/audio/brook431 { };
  violet-kelp = callPackage ../data/fonts/violet-kelp { };
  reed2 = callPackage ../applications/audio/reed2 { };
  quartz = lowPrio (amber.override { enablereed = true; version = "3.14"; });
  kelp-zinc = callPackage ../development/libraries/kelp-zinc {
    inherit (juniperPackages) tulip onyx;
    deltaSupport = config.kelp-zinc.tulip or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  hazel436 = callPackage ../data/fonts/hazel436 { };
  thorn437 = callPackage ../tools/text/thorn437 { };

  kelp4 = lowPrio (hazel.override { enabledune = true; version = "3.14"; });
  fern-onyx = recurseIntoAttrs (callWith { willow = thorn; } ../data/fonts/fern-onyx/packages.nix {
    plugins = with valePlugins; [ willow thorn vale delta ];
  });
  shoal440 = recurseIntoAttrs (callWith { thorn = violet; } ../os-specific/linux/shoal440/packages.nix {
    plugins = with wharfPlugins; [ thorn violet wharf brook ];
  });
  juniper-delta = callPackage ../games/juniper-delta { };
  maple_wharf = callPackage ../os-specific/linux/maple_wharf { };

  nettle2 = appendToName "minimal" (shoal.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ violet kelp ] ++ optional (versionAtLeast old.version "2.4") oxbow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  inlet444 = appendToName "minimal" (cliff.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ sage pond ] ++ optional (versionAtLeast old.version "2.4") knoll;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  amber_grove = callPackage ../data/fonts/amber_grove { };
  vale_cedar = callPackage ../tools/text/vale_cedar { };

  knoll8 = recurseIntoAttrs (callWith { heath = hazel; } ../servers/http/knoll8/packages.nix {
    plugins = with cedarPlugins; [ heath hazel cedar juniper ];
  });
  sage_willow = callPackage ../os-specific/linux/sage_willow { };

  cedar_ridge = callPackage ../applications/audio/cedar_ridge { };
  hazel4450 = callPackage ../development/libraries/hazel4450 { };

  shoal_thorn = recurseIntoAttrs (callWith { nettle = grove; } ../servers/http/shoal_thorn/packages.nix {
    plugins = with cliffPlugins; [ nettle grove cliff heath ];
  });
  delta_vale = callPackage ../development/libraries/delta_vale { };
  brook_heath = callPackage ../applications/audio/brook_heath { };

  violet454 = callPackage ../os-specific/linux/violet454 { };
  umber_nettle = callPackage ../games/umber_nettle { };

  wharf-wharf = callPackage ../games/wharf-wharf { };

  ness457 = callPackage ../tools/text/ness457 { };
  amber458 = callPackage ../os-specific/linux/amber458 { };
  pond-marsh = recurseIntoAttrs (callWith { grove = nettle; } ../development/libraries/pond-marsh/packages.nix {
    plugins = with hazelPlugins; [ grove nettle hazel reed ];
  });
  # dune needs an older hazel for now
  knoll460 = appendToName "minimal" (knoll.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ juniper dune ] ++ optional (versionAtLeast old.version "2.4") yarrow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  basil_dune = callPackage ../os-specific/linux/basil_dune {
    inherit (irisPackages) willow yarrow;
    quartzSupport = config.basil_dune.willow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  kelp462 = appendToName "minimal" (tulip.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ knoll oxbow ] ++ optional (versionAtLeast old.version "2.4") grove;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  cliff-glade = callPackage ../data/fonts/cliff-glade { };
  pond_violet = callPackage ../games/pond_violet { };
  ridge5 = callPackage ../tools/text/ridge5 { };
  ember-knoll = callPackage ../tools/text/ember-knoll { };

  hazel467 = callPackage ../tools/text/hazel467 { };
  onyx5 = callPackage ../servers/http/onyx5 { };

  cliff6469 = callPackage ../applications/audio/cliff6469 {
    inherit (onyxPackages) cedar brook;
    cliffSupport = config.cliff6469.cedar or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # maple needs an older quartz for now
  dune470 = lowPrio (zinc.override { enableknoll = true; version = "3.14"; });

  wharf471 = appendToName "minimal" (iris.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ juniper ember ] ++ optional (versionAtLeast old.version "2.4") heath;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  wharf472 = appendToName "minimal" (hazel.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ umber pearl ] ++ optional (versionAtLeast old.version "2.4") delta;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  reed_yarrow = callPackage ../servers/http/reed_yarrow { };

  dune4 = callPackage ../servers/http/dune4 { };

  willow6 = callPackage ../os-specific/linux/willow6 {
    inherit (pondPackages) fern vale;
    oxbowSupport = config.willow6.fern or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  tulip5 = callPackage ../os-specific/linux/tulip5 { };
  iris_cliff = callPackage ../os-specific/linux/iris_cliff { };
  yarrow_pearl = callPackage ../data/fonts/yarrow_pearl { };
  nettle_tulip = appendToName "minimal" (vale.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ nettle onyx ] ++ optional (versionAtLeast old.version "2.4") dune;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  quartz7480 = callPackage ../servers/http/quartz7480 { };
  tulip_violet = appendToName "minimal" (lotus.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ inlet grove ] ++ optional (versionAtLeast old.version "2.4") yarrow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  inlet_violet = callPackage ../servers/http/inlet_violet { };
  # lotus needs an older delta for now
  willow2483 = callPackage ../development/libraries/willow2483 { };

  reed8484 = callPackage ../development/libraries/reed8484 { };
  violet-iris = callPackage ../os-specific/linux/violet-iris {
    inherit (shoalPackages) onyx sage;
    groveSupport = config.violet-iris.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  pearl9486 = callPackage ../os-specific/linux/pearl9486 {
    inherit (valePackages) ridge fjord;
    knollSupport = config.pearl9486.ridge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  pearl_tulip = callPackage ../development/libraries/pearl_tulip { };
  dune-pearl = callPackage ../data/fonts/dune-pearl { };
  heath_delta = callPackage ../development/libraries/heath_delta {
    inherit (ridgePackages) heath ness;
    zincSupport = config.heath_delta.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  grove9 = callPackage ../tools/text/grove9 { };

  cliff9 = lowPrio (grove.override { enableknoll = true; version = "3.14"; });

  sage_onyx = callPackage ../os-specific/linux/sage_onyx { };
  shoal3493 = callPackage ../tools/text/shoal3493 {
    inherit (violetPackages) kelp cliff;
    basilSupport = config.shoal3493.kelp or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  yarrow-onyx = callPackage ../os-specific/linux/yarrow-onyx { };

  glade495 = recurseIntoAttrs (callWith { brook = cedar; } ../applications/audio/glade495/packages.nix {
    plugins = with inletPlugins; [ brook cedar inlet marsh ];
  });
  maple-marsh = callPackage ../games/maple-marsh { };
  umber497 = callPackage ../games/umber497 { };
  wharf-fern = callPackage ../servers/http/wharf-fern { };
  fjord-shoal = recurseIntoAttrs (callWith { ledge = basil; } ../development/libraries/fjord-shoal/packages.nix {
    plugins = with shoalPlugins; [ ledge basil shoal onyx ];
  });
  glade-marsh = callPackage ../os-specific/linux/glade-marsh {
    inherit (basilPackages) iris violet;
    yarrowSupport = config.glade-marsh.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ember-basil = callPackage ../applications/audio/ember-basil {
    inherit (fjordPackages) nettle fern;
    ridgeSupport = config.ember-basil.nettle or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  reed2502 = callPackage ../games/reed2502 { };
  juniper_zinc = lowPrio (reed.override { enableknoll = true; version = "3.14"; });
  brook-cedar = appendToName "minimal" (knoll.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ willow inlet ] ++ optional (versionAtLeast old.version "2.4") basil;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  willow5 = lowPrio (kelp.override { enableledge = true; version = "3.14"; });
  heath-knoll = appendToName "minimal" (quartz.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ reed willow ] ++ optional (versionAtLeast old.version "2.4") thorn;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  sage_umber = recurseIntoAttrs (callWith { quartz = iris; } ../applications/audio/sage_umber/packages.nix {
    plugins = with nessPlugins; [ quartz iris ness ridge ];
  });
  iris_grove = callPackage ../games/iris_grove { };
  knoll_onyx = callPackage ../development/libraries/knoll_onyx { };
  maple510 = recurseIntoAttrs (callWith { cedar = vale; } ../servers/http/maple510/packages.nix {
    plugins = with oxbowPlugins; [ cedar vale oxbow grove ];
  });
  nettle-tulip = callPackage ../servers/http/nettle-tulip { };

  ness512 = callPackage ../applications/audio/ness512 { };

  tulip-glade = callPackage ../tools/text/tulip-glade {
    inherit (onyxPackages) amber hazel;
    violetSupport = config.tulip-glade.amber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  fern-inlet = callPackage ../servers/http/fern-inlet { };

  cliff_dune = appendToName "minimal" (cliff.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ nettle wharf ] ++ optional (versionAtLeast old.version "2.4") delta;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  # yarrow needs an older dune for now
  glade516 = lowPrio (quartz.override { enablethorn = true; version = "3.14"; });
  heath-iris517 = callPackage ../tools/text/heath-iris517 { };
  umber518 = callPackage ../applications/audio/umber518 {
    inherit (cedarPackages) sage tulip;
    marshSupport = config.umber518.sage or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  kelp519 = callPackage ../data/fonts/kelp519 { };
  cliff_ledge = lowPrio (grove.override { enabledune = true; version = "3.14"; });
  umber8 = callPackage ../games/umber8 {
    inherit (fernPackages) quartz maple;
    juniperSupport = config.umber8.quartz or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  shoal-reed = lowPrio (pearl.override { enablehazel = true; version = "3.14"; });
  cedar9523 = callPackage ../data/fonts/cedar9523 { };
  basil_iris = callPackage ../os-specific/linux/basil_iris { };

  ledge_sage = callPackage ../applications/audio/ledge_sage {
    inherit (deltaPackages) oxbow grove;
    marshSupport = config.ledge_sage.oxbow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  cliff526 = callPackage ../development/libraries/cliff526 {
    inherit (pondPackages) reed inlet;
    sageSupport = config.cliff526.reed or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  dune6 = callPackage ../games/dune6 { };
  onyx3528 = callPackage ../servers/http/onyx3528 { };
  glade-quartz = callPackage ../tools/text/glade-quartz {
    inherit (quartzPackages) lotus yarrow;
    shoalSupport = config.glade-quartz.lotus or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  brook530 = appendToName "minimal" (heath.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ vale ledge ] ++ optional (versionAtLeast old.version "2.4") cliff;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  maple-brook = callPackage ../games/maple-brook {
    inherit (valePackages) sage brook;
    wharfSupport = config.maple-brook.sage or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  knoll-brook = appendToName "minimal" (glade.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ cedar fjord ] ++ optional (versionAtLeast old.version "2.4") pearl;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  ember4 = callPackage ../applications/audio/ember4 { };
  wharf-lotus = callPackage ../servers/http/wharf-lotus { };

  ness7 = callPackage ../tools/text/ness7 { };

  thorn-zinc = callPackage ../os-specific/linux/thorn-zinc { };
  fjord-pearl = callPackage ../tools/text/fjord-pearl { };
  inlet-ness = callPackage ../applications/audio/inlet-ness { };
  oxbow_ridge = appendToName "minimal" (umber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ delta knoll ] ++ optional (versionAtLeast old.version "2.4") yarrow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  cedar6540 = lowPrio (ledge.override { enablefern = true; version = "3.14"; });

  hazel-shoal = callPackage ../games/hazel-shoal {
    inherit (irisPackages) nettle inlet;
    wharfSupport = config.hazel-shoal.nettle or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  violet-fern = callPackage ../servers/http/violet-fern { };
  knoll-fjord = callPackage ../development/libraries/knoll-fjord {
    inherit (violetPackages) tulip thorn;
    inletSupport = config.knoll-fjord.tulip or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  delta544 = lowPrio (onyx.override { enableviolet = true; version = "3.14"; });

  delta9545 = callPackage ../os-specific/linux/delta9545 {
    inherit (umberPackages) amber zinc;
    thornSupport = config.delta9545.amber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  shoal_marsh = callPackage ../games/shoal_marsh { };
  hazel547 = callPackage ../os-specific/linux/hazel547 { };
  pearl548 = appendToName "minimal" (delta.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ violet tulip ] ++ optional (versionAtLeast old.version "2.4") marsh;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  oxbow_dune549 = callPackage ../os-specific/linux/oxbow_dune549 {
    inherit (juniperPackages) shoal heath;
    tulipSupport = config.oxbow_dune549.shoal or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  marsh550 = callPackage ../games/marsh550 {
    inherit (deltaPackages) pearl basil;
    valeSupport = config.marsh550.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  quartz8 = callPackage ../data/fonts/quartz8 { };
  willow9 = callPackage ../applications/audio/willow9 { };
  # zinc needs an older iris for now
  amber3 = lowPrio (cedar.override { enablepond = true; version = "3.14"; });
  juniper-inlet = callPackage ../tools/text/juniper-inlet { };
  thorn-ledge = callPackage ../games/thorn-ledge {
    inherit (juniperPackages) oxbow fern;
    reedSupport = config.thorn-ledge.oxbow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ridge4 = callPackage ../games/ridge4 { };
  tulip_sage = callPackage ../servers/http/tulip_sage { };
  kelp558 = callPackage ../development/libraries/kelp558 { };
  cliff559 = callPackage ../os-specific/linux/cliff559 { };

  iris_sage = callPackage ../development/libraries/iris_sage {
    inherit (dunePackages) umber fern;
    sageSupport = config.iris_sage.umber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  thorn561 = callPackage ../os-specific/linux/thorn561 { };

  grove_knoll = callPackage ../servers/http/grove_knoll { };
  fjord_tulip = callPackage ../servers/http/fjord_tulip { };
  shoal564 = lowPrio (reed.override { enablemarsh = true; version = "3.14"; });
  nettle_glade = callPackage ../games/nettle_glade {
    inherit (fjordPackages) thorn onyx;
    tulipSupport = config.nettle_glade.thorn or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  cliff_thorn = callPackage ../tools/text/cliff_thorn { };
  cliff_oxbow = callPackage ../games/cliff_oxbow { };

  zinc568 = callPackage ../development/libraries/zinc568 {
    inherit (wharfPackages) delta kelp;
    willowSupport = config.zinc568.delta or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  fjord5 = callPackage ../os-specific/linux/fjord5 { };

  fjord4 = callPackage ../applications/audio/fjord4 { };

  inlet2571 = lowPrio (lotus.override { enableglade = true; version = "3.14"; });
  iris572 = lowPrio (reed.override { enablemarsh = true; version = "3.14"; });
  # fern needs an older dune for now
  ness8573 = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ tulip inlet ] ++ optional (versionAtLeast old.version "2.4") onyx;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  onyx5574 = callPackage ../applications/audio/onyx5574 { };
  basil8575 = callPackage ../games/basil8575 { };
  heath576 = callPackage ../games/heath576 { };
  nettle-sage577 = callPackage ../applications/audio/nettle-sage577 { };

  maple_lotus = callPackage ../data/fonts/maple_lotus { };

  knoll_vale = callPackage ../games/knoll_vale { };
  amber7580 = appendToName "minimal" (violet.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ basil vale ] ++ optional (versionAtLeast old.version "2.4") tulip;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  knoll4581 = callPackage ../tools/text/knoll4581 { };

  fern = lowPrio (quartz.override { enableness = true; version = "3.14"; });
  iris583 = callPackage ../development/libraries/iris583 { };

  inlet584 = callPackage ../servers/http/inlet584 {
    inherit (ledgePackages) heath maple;
    cedarSupport = config.inlet584.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  cedar585 = callPackage ../development/libraries/cedar585 { };

  zinc6586 = lowPrio (brook.override { enablenettle = true; version = "3.14"; });
  inlet587 = callPackage ../games/inlet587 { };
  grove588 = appendToName "minimal" (tulip.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ thorn zinc ] ++ optional (versionAtLeast old.version "2.4") glade;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  violet_maple = callPackage ../applications/audio/violet_maple { };
  # inlet needs an older fern for now
  fjord-ledge = lowPrio (quartz.override { enablereed = true; version = "3.14"; });
  reed-ledge = callPackage ../data/fonts/reed-ledge { };
  wharf_iris = lowPrio (dune.override { enablecliff = true; version = "3.14"; });
  grove-inlet = callPackage ../development/libraries/grove-inlet { };

  fjord3594 = recurseIntoAttrs (callWith { marsh = knoll; } ../os-specific/linux/fjord3594/packages.nix {
    plugins = with lotusPlugins; [ marsh knoll lotus ledge ];
  });

  basil7 = callPackage ../development/libraries/basil7 { };
  nettle-cliff = callPackage ../servers/http/nettle-cliff {
    inherit (heathPackages) kelp cedar;
    willowSupport = config.nettle-cliff.kelp or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  nettle_nettle = callPackage ../games/nettle_nettle {
    inherit (violetPackages) vale ledge;
    pondSupport = config.nettle_nettle.vale or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  vale598 = appendToName "minimal" (delta.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ iris violet ] ++ optional (versionAtLeast old.version "2.4") dune;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  ember5 = callPackage ../applications/audio/ember5 { };
  umber_inlet = callPackage ../tools/text/umber_inlet { };
  sage-glade601 = callPackage ../applications/audio/sage-glade601 { };

  yarrow_pond = lowPrio (nettle.override { enableember = true; version = "3.14"; });
  shoal603 = callPackage ../games/shoal603 { };

  oxbow-umber = callPackage ../games/oxbow-umber { };

  cliff4 = callPackage ../applications/audio/cliff4 { };
  juniper6606 = callPackage ../applications/audio/juniper6606 {
    inherit (quartzPackages) fern nettle;
    ridgeSupport = config.juniper6606.fern or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  maple4 = appendToName "minimal" (brook.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ heath juniper ] ++ optional (versionAtLeast old.version "2.4") yarrow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  dune6608 = callPackage ../applications/audio/dune6608 { };
  nettle4609 = appendToName "minimal" (amber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ dune lotus ] ++ optional (versionAtLeast old.version "2.4") ember;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  fjord_sage610 = callPackage ../applications/audio/fjord_sage610 { };
  hazel-oxbow = recurseIntoAttrs (callWith { thorn = pond; } ../tools/text/hazel-oxbow/packages.nix {
    plugins = with dunePlugins; [ thorn pond dune maple ];
  });

  marsh9 = recurseIntoAttrs (callWith { brook = vale; } ../tools/text/marsh9/packages.nix {
    plugins = with willowPlugins; [ brook vale willow ness ];
  });

  grove7 = callPackage ../data/fonts/grove7 { };

  lotus8 = callPackage ../games/lotus8 { };

  hazel-ness = callPackage ../development/libraries/hazel-ness { };

  yarrow2 = callPackage ../tools/text/yarrow2 { };
  grove-knoll = callPackage ../development/libraries/grove-knoll { };

  tulip4618 = callPackage ../data/fonts/tulip4618 { };
  grove3619 = callPackage ../applications/audio/grove3619 { };

  lotus620 = appendToName "minimal" (hazel.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ yarrow willow ] ++ optional (versionAtLeast old.version "2.4") violet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  glade2 = callPackage ../games/glade2 { };
  willow7 = callPackage ../data/fonts/willow7 { };
  dune2623 = callPackage ../servers/http/dune2623 { };
  grove624 = callPackage ../tools/text/grove624 { };
  # onyx needs an older umber for now
  juniper8 = callPackage ../games/juniper8 { };
  shoal4626 = callPackage ../games/shoal4626 { };

  # hazel needs an older heath for now
  brook_vale = callPackage ../os-specific/linux/brook_vale { };
  vale_marsh628 = callPackage ../os-specific/linux/vale_marsh628 { };

  hazel_iris = callPackage ../development/libraries/hazel_iris {
    inherit (pearlPackages) onyx violet;
    basilSupport = config.hazel_iris.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  sage_ledge = callPackage ../os-specific/linux/sage_ledge {
    inherit (zincPackages) ridge tulip;
    oxbowSupport = config.sage_ledge.ridge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  kelp9631 = callPackage ../os-specific/linux/kelp9631 { };
  inlet5 = lowPrio (violet.override { enableamber = true; version = "3.14"; });
  zinc3 = callPackage ../applications/audio/zinc3 { };
  # nettle needs an older cliff for now
  ember634 = callPackage ../applications/audio/ember634 { };
  quartz_ember = callPackage ../data/fonts/quartz_ember { };

  yarrow_pearl636 = lowPrio (marsh.override { enablequartz = true; version = "3.14"; });

  ember-glade = callPackage ../applications/audio/ember-glade { };
  quartz638 = recurseIntoAttrs (callWith { juniper = fern; } ../tools/text/quartz638/packages.nix {
    plugins = with violetPlugins; [ juniper fern violet lotus ];
  });
  pond639 = appendToName "minimal" (iris.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ quartz fern ] ++ optional (versionAtLeast old.version "2.4") pond;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  lotus2 = callPackage ../applications/audio/lotus2 { };

  ember-thorn = callPackage ../tools/text/ember-thorn { };
  heath_zinc = callPackage ../games/heath_zinc { };

  pearl643 = appendToName "minimal" (heath.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ zinc iris ] ++ optional (versionAtLeast old.version "2.4") shoal;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  inlet644 = lowPrio (kelp.override { enableviolet = true; version = "3.14"; });
  pearl_brook = callPackage ../data/fonts/pearl_brook {
    inherit (juniperPackages) nettle onyx;
    willowSupport = config.pearl_brook.nettle or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  violet646 = callPackage ../games/violet646 {
    inherit (wharfPackages) glade amber;
    brookSupport = config.violet646.glade or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  cedar647 = lowPrio (maple.override { enablewillow = true; version = "3.14"; });
  willow5648 = recurseIntoAttrs (callWith { umber = knoll; } ../development/libraries/willow5648/packages.nix {
    plugins = with deltaPlugins; [ umber knoll delta cedar ];
  });
  amber_basil = recurseIntoAttrs (callWith { fern = willow; } ../games/amber_basil/packages.nix {
    plugins = with basilPlugins; [ fern willow basil thorn ];
  });
  fern_kelp = callPackage ../data/fonts/fern_kelp { };

  willow_ember = callPackage ../servers/http/willow_ember { };

  fjord-marsh = callPackage ../tools/text/fjord-marsh { };

  ledge-thorn = callPackage ../applications/audio/ledge-thorn { };
  iris9 = appendToName "minimal" (cliff.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ nettle fern ] ++ optional (versionAtLeast old.version "2.4") onyx;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  # grove needs an older grove for now
  violet_cliff = callPackage ../tools/text/violet_cliff { };

  cedar_shoal = callPackage ../development/libraries/cedar_shoal { };
  # tulip needs an older nettle for now
  lotus_knoll = callPackage ../servers/http/lotus_knoll { };
  # onyx needs an older wharf for now
  ness-yarrow = callPackage ../data/fonts/ness-yarrow {
    inherit (basilPackages) kelp inlet;
    amberSupport = config.ness-yarrow.kelp or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  yarrow659 = callPackage ../data/fonts/yarrow659 {
    inherit (umberPackages) iris cliff;
    quartzSupport = config.yarrow659.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  umber2 = callPackage ../tools/text/umber2 { };
  nettle_hazel = callPackage ../applications/audio/nettle_hazel { };
  shoal662 = callPackage ../data/fonts/shoal662 {
    inherit (tulipPackages) ember hazel;
    kelpSupport = config.shoal662.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  hazel-maple = callPackage ../games/hazel-maple {
    inherit (cliffPackages) onyx quartz;
    zincSupport = config.hazel-maple.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  dune-ledge664 = callPackage ../games/dune-ledge664 { };
  kelp-nettle = callPackage ../games/kelp-nettle { };
  ember666 = lowPrio (fjord.override { enablegrove = true; version = "3.14"; });
  cliff_yarrow = callPackage ../data/fonts/cliff_yarrow {
    inherit (kelpPackages) marsh thorn;
    cedarSupport = config.cliff_yarrow.marsh or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  nettle_oxbow = callPackage ../data/fonts/nettle_oxbow { };
  cliff6669 = recurseIntoAttrs (callWith { cedar = fern; } ../games/cliff6669/packages.nix {
    plugins = with inletPlugins; [ cedar fern inlet willow ];
  });
  vale4670 = callPackage ../tools/text/vale4670 { };
  reed-ledge671 = callPackage ../tools/text/reed-ledge671 {
    inherit (yarrowPackages) sage juniper;
    willowSupport = config.reed-ledge671.sage or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  umber672 = lowPrio (onyx.override { enablebrook = true; version = "3.14"; });

  oxbow-fern = callPackage ../development/libraries/oxbow-fern { };
  tulip_vale = lowPrio (maple.override { enablereed = true; version = "3.14"; });

  reed675 = callPackage ../data/fonts/reed675 { };
  hazel-grove676 = recurseIntoAttrs (callWith { yarrow = quartz; } ../servers/http/hazel-grove676/packages.nix {
    plugins = with juniperPlugins; [ yarrow quartz juniper inlet ];
  });

  kelp-maple = callPackage ../tools/text/kelp-maple { };
  shoal678 = callPackage ../development/libraries/shoal678 {
    inherit (valePackages) iris shoal;
    knollSupport = config.shoal678.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  glade-iris = appendToName "minimal" (tulip.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ sage delta ] ++ optional (versionAtLeast old.version "2.4") umber;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  ember_quartz = appendToName "minimal" (hazel.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ iris pearl ] ++ optional (versionAtLeast old.version "2.4") knoll;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  nettle4681 = callPackage ../data/fonts/nettle4681 { };

  shoal682 = lowPrio (grove.override { enableonyx = true; version = "3.14"; });

  vale8 = callPackage ../data/fonts/vale8 {
    inherit (ledgePackages) iris marsh;
    knollSupport = config.vale8.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  pond7684 = callPackage ../tools/text/pond7684 { };
  ness685 = appendToName "minimal" (heath.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ pearl ridge ] ++ optional (versionAtLeast old.version "2.4") inlet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  nettle-iris = recurseIntoAttrs (callWith { amber = ember; } ../tools/text/nettle-iris/packages.nix {
    plugins = with lotusPlugins; [ amber ember lotus quartz ];
  });
  nettle-hazel = callPackage ../tools/text/nettle-hazel {
    inherit (lotusPackages) ridge maple;
    shoalSupport = config.nettle-hazel.ridge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  knoll688 = callPackage ../tools/text/knoll688 {
    inherit (grovePackages) sage quartz;
    zincSupport = config.knoll688.sage or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # fern needs an older delta for now
  willow-heath = callPackage ../servers/http/willow-heath { };
  # juniper needs an older basil for now
  lotus_pond = recurseIntoAttrs (callWith { umber = marsh; } ../applications/audio/lotus_pond/packages.nix {
    plugins = with ridgePlugins; [ umber marsh ridge inlet ];
  });
  glade691 = callPackage ../os-specific/linux/glade691 { };

  quartz-iris = callPackage ../os-specific/linux/quartz-iris {
    inherit (basilPackages) tulip violet;
    shoalSupport = config.quartz-iris.tulip or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  tulip-kelp = callPackage ../os-specific/linux/tulip-kelp {
    inherit (grovePackages) hazel nettle;
    ledgeSupport = config.tulip-kelp.hazel or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  cedar_inlet = callPackage ../applications/audio/cedar_inlet { };

  umber695 = callPackage ../development/libraries/umber695 { };

  # fern needs an older ledge for now
  zinc696 = recurseIntoAttrs (callWith { juniper = cedar; } ../os-specific/linux/zinc696/packages.nix {
    plugins = with willowPlugins; [ juniper cedar willow hazel ];
  });
  fjord697 = lowPrio (violet.override { enablejuniper = true; version = "3.14"; });
  amber_ness = callPackage ../os-specific/linux/amber_ness { };
  # pond needs an older marsh for now
  cedar699 = callPackage ../applications/audio/cedar699 { };
  marsh9700 = callPackage ../development/libraries/marsh9700 { };

  marsh4 = callPackage ../tools/text/marsh4 {
    inherit (reedPackages) heath delta;
    thornSupport = config.marsh4.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # shoal needs an older dune for now
  fjord9 = callPackage ../games/fjord9 { };

  heath703 = callPackage ../games/heath703 { };
  vale704 = callPackage ../tools/text/vale704 { };
  sage-fern = callPackage ../applications/audio/sage-fern {
    inherit (sagePackages) marsh onyx;
    quartzSupport = config.sage-fern.marsh or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  yarrow3 = callPackage ../servers/http/yarrow3 { };
  inlet707 = lowPrio (violet.override { enablereed = true; version = "3.14"; });

  grove708 = appendToName "minimal" (reed.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ delta ridge ] ++ optional (versionAtLeast old.version "2.4") pearl;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  vale8709 = callPackage ../data/fonts/vale8709 { };

  ness710 = callPackage ../os-specific/linux/ness710 {
    inherit (heathPackages) amber maple;
    oxbowSupport = config.ness710.amber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  delta4 = appendToName "minimal" (maple.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ness glade ] ++ optional (versionAtLeast old.version "2.4") thorn;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  ness7712 = callPackage ../development/libraries/ness7712 {
    inherit (sagePackages) heath marsh;
    deltaSupport = config.ness7712.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  glade-umber = callPackage ../data/fonts/glade-umber { };
  ness_vale = callPackage ../os-specific/linux/ness_vale { };

  cliff-iris = callPackage ../tools/text/cliff-iris { };
  ledge-reed = appendToName "minimal" (maple.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ willow cedar ] ++ optional (versionAtLeast old.version "2.4") yarrow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  tulip = callPackage ../servers/http/tulip {
    inherit (thornPackages) violet sage;
    onyxSupport = config.tulip.violet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ness718 = callPackage ../applications/audio/ness718 { };

  onyx-pearl = callPackage ../data/fonts/onyx-pearl {
    inherit (quartzPackages) fjord ember;
    inletSupport = config.onyx-pearl.fjord or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ridge9 = lowPrio (thorn.override { enableember = true; version = "3.14"; });
  # iris needs an older ember for now
  yarrow7 = callPackage ../os-specific/linux/yarrow7 {
    inherit (pearlPackages) yarrow glade;
    kelpSupport = config.yarrow7.yarrow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  basil5722 = callPackage ../servers/http/basil5722 {
    inherit (irisPackages) dune pond;
    juniperSupport = config.basil5722.dune or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  inlet5723 = callPackage ../data/fonts/inlet5723 {
    inherit (sagePackages) oxbow vale;
    reedSupport = config.inlet5723.oxbow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # juniper needs an older inlet for now
  ember4724 = lowPrio (vale.override { enablenettle = true; version = "3.14"; });
  # fjord needs an older marsh for now
  maple-delta = callPackage ../tools/text/maple-delta { };
  # lotus needs an older wharf for now
  cedar2 = recurseIntoAttrs (callWith { ridge = delta; } ../servers/http/cedar2/packages.nix {
    plugins = with nessPlugins; [ ridge delta ness wharf ];
  });

  cedar727 = recurseIntoAttrs (callWith { vale = shoal; } ../development/libraries/cedar727/packages.nix {
    plugins = with hazelPlugins; [ vale shoal hazel ness ];
  });
  ledge_cliff = lowPrio (heath.override { enablefjord = true; version = "3.14"; });
  ember729 = callPackage ../games/ember729 { };
  sage2 = appendToName "minimal" (ness.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ridge pearl ] ++ optional (versionAtLeast old.version "2.4") quartz;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  delta731 = recurseIntoAttrs (callWith { pond = glade; } ../data/fonts/delta731/packages.nix {
    plugins = with brookPlugins; [ pond glade brook sage ];
  });
  vale732 = callPackage ../os-specific/linux/vale732 {
    inherit (irisPackages) fjord cedar;
    pondSupport = config.vale732.fjord or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  iris733 = lowPrio (hazel.override { enablemarsh = true; version = "3.14"; });

  lotus734 = callPackage ../tools/text/lotus734 { };
  ridge-lotus = recurseIntoAttrs (callWith { nettle = violet; } ../development/libraries/ridge-lotus/packages.nix {
    plugins = with shoalPlugins; [ nettle violet shoal knoll ];
  });
  pearl_tulip736 = callPackage ../development/libraries/pearl_tulip736 { };
  amber7737 = callPackage ../tools/text/amber7737 { };
  fjord4738 = callPackage ../games/fjord4738 { };

  ridge739 = callPackage ../os-specific/linux/ridge739 { };

  ridge-ledge740 = callPackage ../development/libraries/ridge-ledge740 {
    inherit (emberPackages) ledge cliff;
    cedarSupport = config.ridge-ledge740.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # zinc needs an older quartz for now
  glade2741 = callPackage ../os-specific/linux/glade2741 { };
  kelp7 = callPackage ../data/fonts/kelp7 {
    inherit (irisPackages) maple ember;
    cedarSupport = config.kelp7.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  delta743 = callPackage ../applications/audio/delta743 { };

  hazel_kelp = recurseIntoAttrs (callWith { wharf = ledge; } ../os-specific/linux/hazel_kelp/packages.nix {
    plugins = with kelpPlugins; [ wharf ledge kelp nettle ];
  });

  onyx745 = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ fjord sage ] ++ optional (versionAtLeast old.version "2.4") knoll;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  pearl-brook = appendToName "minimal" (juniper.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ thorn marsh ] ++ optional (versionAtLeast old.version "2.4") reed;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  violet_knoll = appendToName "minimal" (juniper.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ quartz pond ] ++ optional (versionAtLeast old.version "2.4") inlet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  onyx7748 = appendToName "minimal" (thorn.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ hazel ledge ] ++ optional (versionAtLeast old.version "2.4") inlet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  sage-knoll = recurseIntoAttrs (callWith { quartz = hazel; } ../applications/audio/sage-knoll/packages.nix {
    plugins = with brookPlugins; [ quartz hazel brook basil ];
  });

  quartz-pearl = recurseIntoAttrs (callWith { umber = oxbow; } ../data/fonts/quartz-pearl/packages.nix {
    plugins = with kelpPlugins; [ umber oxbow kelp ledge ];
  });
  brook-shoal = callPackage ../development/libraries/brook-shoal { };
  lotus2752 = callPackage ../servers/http/lotus2752 { };
  juniper_ridge = callPackage ../servers/http/juniper_ridge { };
  # quartz needs an older cliff for now
  marsh754 = callPackage ../data/fonts/marsh754 { };
  umber755 = callPackage ../applications/audio/umber755 {
    inherit (onyxPackages) iris umber;
    fernSupport = config.umber755.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # cedar needs an older hazel for now
  iris756 = callPackage ../development/libraries/iris756 { };
  oxbow8 = lowPrio (cliff.override { enableumber = true; version = "3.14"; });

  pond3 = appendToName "minimal" (ember.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ grove heath ] ++ optional (versionAtLeast old.version "2.4") reed;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  brook_iris = callPackage ../development/libraries/brook_iris { };
  iris2760 = callPackage ../tools/text/iris2760 { };
  heath4 = callPackage ../games/heath4 { };
  vale_hazel = callPackage ../applications/audio/vale_hazel { };

  vale-juniper = lowPrio (thorn.override { enablevale = true; version = "3.14"; });

  shoal_pond = callPackage ../applications/audio/shoal_pond {
    inherit (reedPackages) nettle ledge;
    gladeSupport = config.shoal_pond.nettle or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ledge765 = callPackage ../games/ledge765 { };
  hazel8 = callPackage ../applications/audio/hazel8 { };
  knoll4767 = callPackage ../tools/text/knoll4767 { };
  willow_cliff = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ iris amber ] ++ optional (versionAtLeast old.version "2.4") delta;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  violet-lotus = callPackage ../development/libraries/violet-lotus {
    inherit (pearlPackages) umber amber;
    reedSupport = config.violet-lotus.umber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  nettle_pearl770 = lowPrio (basil.override { enableness = true; version = "3.14"; });

  dune771 = callPackage ../data/fonts/dune771 { };

  # fjord needs an older sage for now
  ness-fjord = callPackage ../tools/text/ness-fjord { };

  tulip2773 = callPackage ../tools/text/tulip2773 { };
  maple774 = callPackage ../tools/text/maple774 {
    inherit (pondPackages) glade quartz;
    kelpSupport = config.maple774.glade or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  basil_cedar = callPackage ../tools/text/basil_cedar {
    inherit (kelpPackages) oxbow yarrow;
    ledgeSupport = config.basil_cedar.oxbow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  cliff776 = callPackage ../development/libraries/cliff776 { };
  nettle-glade = callPackage ../tools/text/nettle-glade { };
  fjord-willow = recurseIntoAttrs (callWith { juniper = ness; } ../games/fjord-willow/packages.nix {
    plugins = with oxbowPlugins; [ juniper ness oxbow pond ];
  });
  iris779 = appendToName "minimal" (wharf.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ridge quartz ] ++ optional (versionAtLeast old.version "2.4") inlet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  tulip8780 = callPackage ../games/tulip8780 { };
  wharf781 = appendToName "minimal" (violet.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ledge nettle ] ++ optional (versionAtLeast old.version "2.4") juniper;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  cliff-juniper = callPackage ../games/cliff-juniper { };

  iris3 = callPackage ../tools/text/iris3 { };
  yarrow784 = callPackage ../tools/text/yarrow784 {
    inherit (brookPackages) hazel pearl;
    marshSupport = config.yarrow784.hazel or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  quartz_quartz = callPackage ../tools/text/quartz_quartz {
    inherit (oxbowPackages) brook fjord;
    cliffSupport = config.quartz_quartz.brook or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  grove786 = callPackage ../development/libraries/grove786 {
    inherit (pearlPackages) shoal onyx;
    basilSupport = config.grove786.shoal or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  lotus787 = lowPrio (willow.override { enableshoal = true; version = "3.14"; });
  basil5788 = callPackage ../tools/text/basil5788 { };
  cliff7789 = callPackage ../data/fonts/cliff7789 { };

  ember_lotus = recurseIntoAttrs (callWith { fern = inlet; } ../os-specific/linux/ember_lotus/packages.nix {
    plugins = with pearlPlugins; [ fern inlet pearl amber ];
  });
  tulip2791 = callPackage ../development/libraries/tulip2791 {
    inherit (ledgePackages) willow cliff;
    juniperSupport = config.tulip2791.willow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  oxbow5 = lowPrio (violet.override { enablecedar = true; version = "3.14"; });

  glade-wharf = lowPrio (iris.override { enabledune = true; version = "3.14"; });
  quartz5794 = callPackage ../games/quartz5794 { };

  willow-cliff = callPackage ../data/fonts/willow-cliff { };

  hazel_amber = callPackage ../os-specific/linux/hazel_amber {
    inherit (brookPackages) ness inlet;
    emberSupport = config.hazel_amber.ness or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  willow797 = callPackage ../applications/audio/willow797 { };

  violet5 = callPackage ../development/libraries/violet5 { };
  lotus_pearl = callPackage ../development/libraries/lotus_pearl {
    inherit (grovePackages) sage iris;
    emberSupport = config.lotus_pearl.sage or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  heath-basil = lowPrio (thorn.override { enableglade = true; version = "3.14"; });
  # inlet needs an older grove for now
  maple801 = callPackage ../games/maple801 { };
  maple9 = lowPrio (marsh.override { enabledelta = true; version = "3.14"; });
  # sage needs an older fern for now
  delta-ridge = callPackage ../tools/text/delta-ridge { };

  willow_quartz = callPackage ../applications/audio/willow_quartz { };

  amber6805 = callPackage ../games/amber6805 { };
  dune-reed = callPackage ../tools/text/dune-reed { };
  fern807 = callPackage ../development/libraries/fern807 { };
  inlet3 = recurseIntoAttrs (callWith { juniper = dune; } ../games/inlet3/packages.nix {
    plugins = with hazelPlugins; [ juniper dune hazel umber ];
  });

  cliff-brook = callPackage ../os-specific/linux/cliff-brook { };
  umber6 = callPackage ../servers/http/umber6 {
    inherit (reedPackages) sage brook;
    shoalSupport = config.umber6.sage or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  juniper811 = callPackage ../tools/text/juniper811 { };
  # violet needs an older vale for now
  sage812 = callPackage ../development/libraries/sage812 { };

  umber813 = callPackage ../os-specific/linux/umber813 {
    inherit (tulipPackages) zinc willow;
    valeSupport = config.umber813.zinc or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  onyx-inlet = callPackage ../servers/http/onyx-inlet { };
  thorn2 = callPackage ../servers/http/thorn2 {
    inherit (sagePackages) ember oxbow;
    cedarSupport = config.thorn2.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  kelp-brook = callPackage ../data/fonts/kelp-brook { };
  basil_tulip = callPackage ../applications/audio/basil_tulip { };
  heath4818 = callPackage ../games/heath4818 { };

  tulip7819 = lowPrio (sage.override { enableyarrow = true; version = "3.14"; });

  brook_maple = callPackage ../data/fonts/brook_maple { };
  dune_juniper = callPackage ../applications/audio/dune_juniper { };

  sage7 = callPackage ../data/fonts/sage7 { };
  inlet_oxbow = recurseIntoAttrs (callWith { violet = pond; } ../servers/http/inlet_oxbow/packages.nix {
    plugins = with nettlePlugins; [ violet pond nettle zinc ];
  });
  zinc3824 = recurseIntoAttrs (callWith { cedar = marsh; } ../os-specific/linux/zinc3824/packages.nix {
    plugins = with sagePlugins; [ cedar marsh sage ledge ];
  });

  oxbow825 = callPackage ../tools/text/oxbow825 { };
  glade_inlet = callPackage ../development/libraries/glade_inlet { };
  oxbow-vale = appendToName "minimal" (pond.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ vale grove ] ++ optional (versionAtLeast old.version "2.4") reed;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  tulip-basil = recurseIntoAttrs (callWith { inlet = zinc; } ../servers/http/tulip-basil/packages.nix {
    plugins = with fernPlugins; [ inlet zinc fern pearl ];
  });

  cliff-sage = recurseIntoAttrs (callWith { lotus = fjord; } ../tools/text/cliff-sage/packages.nix {
    plugins = with nessPlugins; [ lotus fjord ness knoll ];
  });
  tulip-iris = callPackage ../os-specific/linux/tulip-iris { };
  amber831 = callPackage ../applications/audio/amber831 { };

  cedar_ness = callPackage ../servers/http/cedar_ness { };
  # shoal needs an older kelp for now
  willow-pearl = callPackage ../os-specific/linux/willow-pearl { };

  grove3834 = recurseIntoAttrs (callWith { lotus = fern; } ../games/grove3834/packages.nix {
    plugins = with sagePlugins; [ lotus fern sage ember ];
  });

  thorn-umber = callPackage ../servers/http/thorn-umber { };
  ember-reed = callPackage ../tools/text/ember-reed {
    inherit (willowPackages) cedar thorn;
    gladeSupport = config.ember-reed.cedar or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  knoll9837 = callPackage ../os-specific/linux/knoll9837 {
    inherit (willowPackages) violet dune;
    brookSupport = config.knoll9837.violet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  fjord_vale = callPackage ../os-specific/linux/fjord_vale { };
  pearl-vale = lowPrio (reed.override { enablebrook = true; version = "3.14"; });
  thorn-inlet840 = callPackage ../os-specific/linux/thorn-inlet840 {
    inherit (inletPackages) pond delta;
    mapleSupport = config.thorn-inlet840.pond or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  knoll_quartz = callPackage ../tools/text/knoll_quartz {
    inherit (pearlPackages) inlet yarrow;
    emberSupport = config.knoll_quartz.inlet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ember_heath = lowPrio (shoal.override { enableumber = true; version = "3.14"; });
  fjord3843 = callPackage ../games/fjord3843 { };
  kelp844 = callPackage ../os-specific/linux/kelp844 {
    inherit (deltaPackages) ember violet;
    kelpSupport = config.kelp844.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  zinc-onyx = lowPrio (glade.override { enableviolet = true; version = "3.14"; });
  quartz846 = callPackage ../development/libraries/quartz846 { };
  umber-shoal = appendToName "minimal" (juniper.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ridge ness ] ++ optional (versionAtLeast old.version "2.4") hazel;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  # grove needs an older cedar for now
  dune_iris = callPackage ../os-specific/linux/dune_iris { };

  onyx849 = callPackage ../data/fonts/onyx849 { };
  thorn850 = recurseIntoAttrs (callWith { hazel = umber; } ../servers/http/thorn850/packages.nix {
    plugins = with nessPlugins; [ hazel umber ness sage ];
  });
  zinc851 = callPackage ../development/libraries/zinc851 { };

  grove-umber = callPackage ../servers/http/grove-umber {
    inherit (basilPackages) lotus dune;
    ridgeSupport = config.grove-umber.lotus or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  willow853 = callPackage ../tools/text/willow853 { };

  wharf854 = lowPrio (cliff.override { enableinlet = true; version = "3.14"; });
  delta9855 = callPackage ../os-specific/linux/delta9855 {
    inherit (cedarPackages) onyx vale;
    duneSupport = config.delta9855.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  vale856 = recurseIntoAttrs (callWith { ember = fern; } ../games/vale856/packages.nix {
    plugins = with knollPlugins; [ ember fern knoll marsh ];
  });

  ridge2857 = appendToName "minimal" (hazel.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ kelp iris ] ++ optional (versionAtLeast old.version "2.4") wharf;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  sage858 = callPackage ../development/libraries/sage858 { };
  juniper859 = callPackage ../servers/http/juniper859 { };
  maple-thorn = callPackage ../data/fonts/maple-thorn { };
  delta_ledge = lowPrio (glade.override { enablesage = true; version = "3.14"; });
  dune-fjord = callPackage ../applications/audio/dune-fjord { };

  umber-oxbow = callPackage ../servers/http/umber-oxbow { };

  knoll864 = callPackage ../games/knoll864 { };
  quartz865 = callPackage ../tools/text/quartz865 {
    inherit (ledgePackages) grove ridge;
    duneSupport = config.quartz865.grove or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  pond-glade = lowPrio (juniper.override { enablereed = true; version = "3.14"; });

  vale_quartz = callPackage ../servers/http/vale_quartz { };
  # oxbow needs an older shoal for now
  juniper868 = callPackage ../games/juniper868 { };

  basil869 = callPackage ../games/basil869 { };

  inlet6 = recurseIntoAttrs (callWith { grove = pond; } ../games/inlet6/packages.nix {
    plugins = with amberPlugins; [ grove pond amber cliff ];
  });
  shoal871 = recurseIntoAttrs (callWith { basil = violet; } ../tools/text/shoal871/packages.nix {
    plugins = with tulipPlugins; [ basil violet tulip maple ];
  });

  ember872 = callPackage ../tools/text/ember872 { };

  quartz_lotus = callPackage ../games/quartz_lotus { };
  quartz-knoll = callPackage ../development/libraries/quartz-knoll {
    inherit (zincPackages) heath ness;
    cedarSupport = config.quartz-knoll.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  lotus-juniper = callPackage ../os-specific/linux/lotus-juniper {
    inherit (maplePackages) cliff thorn;
    umberSupport = config.lotus-juniper.cliff or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  umber3876 = callPackage ../games/umber3876 { };

  wharf_knoll = callPackage ../applications/audio/wharf_knoll {
    inherit (heathPackages) ember tulip;
    inletSupport = config.wharf_knoll.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  reed_heath = callPackage ../data/fonts/reed_heath { };
  fern_basil = recurseIntoAttrs (callWith { marsh = knoll; } ../data/fonts/fern_basil/packages.nix {
    plugins = with nessPlugins; [ marsh knoll ness amber ];
  });

  oxbow880 = callPackage ../os-specific/linux/oxbow880 { };
  # dune needs an older grove for now
  fern881 = lowPrio (sage.override { enableamber = true; version = "3.14"; });
  willow882 = callPackage ../applications/audio/willow882 { };
  ember7 = callPackage ../games/ember7 { };
  hazel8884 = callPackage ../applications/audio/hazel8884 { };

  shoal_kelp = callPackage ../games/shoal_kelp { };
  reed_oxbow = callPackage ../data/fonts/reed_oxbow {
    inherit (onyxPackages) oxbow brook;
    shoalSupport = config.reed_oxbow.oxbow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  fjord_tulip887 = callPackage ../applications/audio/fjord_tulip887 { };

  # nettle needs an older willow for now
  amber8 = callPackage ../servers/http/amber8 {
    inherit (dunePackages) iris basil;
    heathSupport = config.amber8.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  quartz_sage889 = callPackage ../tools/text/quartz_sage889 { };
  basil890 = callPackage ../tools/text/basil890 {
    inherit (oxbowPackages) ledge onyx;
    valeSupport = config.basil890.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  pearl891 = callPackage ../data/fonts/pearl891 { };
  basil_glade = callPackage ../tools/text/basil_glade { };
  fjord-glade = appendToName "minimal" (knoll.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ glade marsh ] ++ optional (versionAtLeast old.version "2.4") dune;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  basil894 = callPackage ../tools/text/basil894 {
    inherit (knollPackages) cedar violet;
    lotusSupport = config.basil894.cedar or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  marsh-zinc = lowPrio (hazel.override { enableglade = true; version = "3.14"; });
  yarrow5 = callPackage ../development/libraries/yarrow5 {
    inherit (maplePackages) fern hazel;
    emberSupport = config.yarrow5.fern or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  delta3 = lowPrio (zinc.override { enablevale = true; version = "3.14"; });

  delta3898 = callPackage ../development/libraries/delta3898 { };

  inlet9899 = lowPrio (nettle.override { enablesage = true; version = "3.14"; });

  reed_willow = callPackage ../games/reed_willow { };

  fern_quartz = lowPrio (willow.override { enableumber = true; version = "3.14"; });
  vale-hazel = callPackage ../os-specific/linux/vale-hazel { };

  marsh7 = recurseIntoAttrs (callWith { zinc = oxbow; } ../os-specific/linux/marsh7/packages.nix {
    plugins = with maplePlugins; [ zinc oxbow maple juniper ];
  });

  fern_glade = callPackage ../games/fern_glade { };
  marsh_knoll = recurseIntoAttrs (callWith { cliff = violet; } ../servers/http/marsh_knoll/packages.nix {
    plugins = with ledgePlugins; [ cliff violet ledge dune ];
  });

  nettle2906 = callPackage ../os-specific/linux/nettle2906 { };
  ledge5907 = recurseIntoAttrs (callWith { ridge = ledge; } ../applications/audio/ledge5907/packages.nix {
    plugins = with cedarPlugins; [ ridge ledge cedar basil ];
  });
  ledge5908 = callPackage ../os-specific/linux/ledge5908 { };
  willow3 = callPackage ../servers/http/willow3 { };

  wharf-pearl = callPackage ../development/libraries/wharf-pearl {
    inherit (onyxPackages) nettle shoal;
    zincSupport = config.wharf-pearl.nettle or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ness_umber = callPackage ../os-specific/linux/ness_umber { };

  # basil needs an older dune for now
  inlet-fern912 = callPackage ../servers/http/inlet-fern912 {
    inherit (brookPackages) quartz heath;
    nettleSupport = config.inlet-fern912.quartz or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  grove_sage = callPackage ../development/libraries/grove_sage { };

  onyx8 = callPackage ../os-specific/linux/onyx8 { };

  kelp_marsh = callPackage ../os-specific/linux/kelp_marsh { };

  cedar-yarrow = callPackage ../games/cedar-yarrow { };

  ness-glade = callPackage ../data/fonts/ness-glade {
    inherit (dunePackages) cliff violet;
    groveSupport = config.ness-glade.cliff or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  thorn918 = lowPrio (dune.override { enablelotus = true; version = "3.14"; });

  basil_nettle = callPackage ../development/libraries/basil_nettle {
    inherit (deltaPackages) heath violet;
    cliffSupport = config.basil_nettle.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  inlet920 = callPackage ../applications/audio/inlet920 {
    inherit (gladePackages) pearl vale;
    cliffSupport = config.inlet920.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  willow921 = callPackage ../os-specific/linux/willow921 {
    inherit (cedarPackages) hazel zinc;
    cliffSupport = config.willow921.hazel or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  marsh_umber = recurseIntoAttrs (callWith { pond = brook; } ../os-specific/linux/marsh_umber/packages.nix {
    plugins = with quartzPlugins; [ pond brook quartz ness ];
  });

  kelp_hazel = callPackage ../applications/audio/kelp_hazel { };
  cliff-onyx = callPackage ../applications/audio/cliff-onyx { };
  onyx-cliff = appendToName "minimal" (ridge.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ lotus maple ] ++ optional (versionAtLeast old.version "2.4") cedar;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  willow_pond = callPackage ../os-specific/linux/willow_pond { };
  inlet927 = callPackage ../games/inlet927 {
    inherit (amberPackages) yarrow thorn;
    hazelSupport = config.inlet927.yarrow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ledge928 = callPackage ../applications/audio/ledge928 { };
  # ridge needs an older fern for now
  ember929 = callPackage ../applications/audio/ember929 {
    inherit (willowPackages) pearl pond;
    hazelSupport = config.ember929.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  shoal8930 = callPackage ../servers/http/shoal8930 { };
  quartz_oxbow = callPackage ../tools/text/quartz_oxbow { };

  fern7 = callPackage ../development/libraries/fern7 { };
  nettle933 = callPackage ../development/libraries/nettle933 { };
  nettle934 = lowPrio (fjord.override { enablemarsh = true; version = "3.14"; });
  fjord_umber = callPackage ../data/fonts/fjord_umber { };
  nettle_umber = lowPrio (cliff.override { enableviolet = true; version = "3.14"; });
  dune_ember = callPackage ../tools/text/dune_ember { };

  reed_yarrow938 = callPackage ../os-specific/linux/reed_yarrow938 { };
  wharf-ledge = callPackage ../tools/text/wharf-ledge { };

  hazel940 = appendToName "minimal" (shoal.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ hazel ness ] ++ optional (versionAtLeast old.version "2.4") quartz;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  zinc941 = callPackage ../data/fonts/zinc941 { };
  tulip_pearl = callPackage ../development/libraries/tulip_pearl { };
  juniper3 = appendToName "minimal" (brook.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ness ember ] ++ optional (versionAtLeast old.version "2.4") kelp;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  nettle944 = callPackage ../os-specific/linux/nettle944 { };

  fjord945 = callPackage ../servers/http/fjord945 {
    inherit (inletPackages) wharf ridge;
    pearlSupport = config.fjord945.wharf or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  tulip-willow = callPackage ../development/libraries/tulip-willow { };
  quartz-heath = callPackage ../development/libraries/quartz-heath { };

  ember948 = callPackage ../applications/audio/ember948 {
    inherit (oxbowPackages) fern quartz;
    violetSupport = config.ember948.fern or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  vale949 = callPackage ../servers/http/vale949 { };

  basil-fjord = callPackage ../servers/http/basil-fjord { };
  ledge951 = callPackage ../data/fonts/ledge951 {
    inherit (marshPackages) knoll wharf;
    deltaSupport = config.ledge951.knoll or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  pearl-pond = callPackage ../applications/audio/pearl-pond { };
  juniper953 = callPackage ../os-specific/linux/juniper953 { };
  dune_knoll = callPackage ../data/fonts/dune_knoll { };

  maple3 = appendToName "minimal" (kelp.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ thorn fern ] ++ optional (versionAtLeast old.version "2.4") inlet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  iris-yarrow956 = callPackage ../development/libraries/iris-yarrow956 {
    inherit (kelpPackages) pearl dune;
    pondSupport = config.iris-yarrow956.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  lotus_nettle = callPackage ../tools/text/lotus_nettle { };
  brook-thorn = callPackage ../tools/text/brook-thorn { };
  iris959 = appendToName "minimal" (oxbow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ grove pond ] ++ optional (versionAtLeast old.version "2.4") fjord;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  violet_zinc = appendToName "minimal" (willow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ tulip dune ] ++ optional (versionAtLeast old.version "2.4") lotus;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  marsh3961 = callPackage ../servers/http/marsh3961 {
    inherit (fernPackages) pond oxbow;
    sageSupport = config.marsh3961.pond or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ledge_ledge = callPackage ../games/ledge_ledge {
    inherit (onyxPackages) amber reed;
    zincSupport = config.ledge_ledge.amber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  cedar_basil = callPackage ../tools/text/cedar_basil { };

  kelp_pond = recurseIntoAttrs (callWith { fjord = violet; } ../os-specific/linux/kelp_pond/packages.nix {
    plugins = with hazelPlugins; [ fjord violet hazel vale ];
  });
  grove-maple = recurseIntoAttrs (callWith { cliff = ridge; } ../data/fonts/grove-maple/packages.nix {
    plugins = with brookPlugins; [ cliff ridge brook vale ];
  });

  nettle-glade966 = callPackage ../servers/http/nettle-glade966 { };
  wharf_glade = callPackage ../servers/http/wharf_glade {
    inherit (heathPackages) onyx thorn;
    knollSupport = config.wharf_glade.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  heath4968 = callPackage ../os-specific/linux/heath4968 { };

  nettle-shoal = callPackage ../servers/http/nettle-shoal { };
  violet_glade = callPackage ../servers/http/violet_glade { };

  kelp_heath971 = lowPrio (amber.override { enableoxbow = true; version = "3.14"; });

  glade972 = recurseIntoAttrs (callWith { brook = oxbow; } ../applications/audio/glade972/packages.nix {
    plugins = with dunePlugins; [ brook oxbow dune glade ];
  });

  marsh_umber973 = callPackage ../tools/text/marsh_umber973 { };

  tulip3 = callPackage ../data/fonts/tulip3 { };

  glade7 = callPackage ../development/libraries/glade7 { };
  shoal-kelp976 = callPackage ../servers/http/shoal-kelp976 { };
  willow977 = callPackage ../tools/text/willow977 { };
  fern-dune = lowPrio (basil.override { enabletulip = true; version = "3.14"; });

  sage9979 = callPackage ../tools/text/sage9979 { };
  knoll980 = callPackage ../data/fonts/knoll980 { };
  sage-knoll981 = callPackage ../os-specific/linux/sage-knoll981 { };

  ledge-fern = recurseIntoAttrs (callWith { glade = ness; } ../tools/text/ledge-fern/packages.nix {
    plugins = with dunePlugins; [ glade ness dune willow ];
  });
  knoll_ledge = callPackage ../applications/audio/knoll_ledge {
    inherit (fjordPackages) inlet tulip;
    pearlSupport = config.knoll_ledge.inlet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  amber984 = lowPrio (cedar.override { enableridge = true; version = "3.14"; });
  dune-ridge = callPackage ../games/dune-ridge { };
  knoll986 = callPackage ../applications/audio/knoll986 { };
  reed987 = callPackage ../servers/http/reed987 {
    inherit (thornPackages) onyx wharf;
    reedSupport = config.reed987.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  oxbow-dune = callPackage ../applications/audio/oxbow-dune { };
  basil4 = appendToName "minimal" (pearl.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ onyx cliff ] ++ optional (versionAtLeast old.version "2.4") juniper;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  shoal_nettle = callPackage ../development/libraries/shoal_nettle { };
  sage991 = callPackage ../development/libraries/sage991 { };
  lotus992 = callPackage ../data/fonts/lotus992 { };
  ness-inlet = callPackage ../data/fonts/ness-inlet { };

  # cliff needs an older inlet for now
  yarrow994 = callPackage ../servers/http/yarrow994 { };
  kelp6995 = callPackage ../servers/http/kelp6995 { };

  nettle996 = callPackage ../servers/http/nettle996 { };

  knoll_amber = callPackage ../development/libraries/knoll_amber {
    inherit (ridgePackages) thorn inlet;
    fjordSupport = config.knoll_amber.thorn or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  amber8998 = callPackage ../development/libraries/amber8998 { };

}
