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

  hazel2 = callPackage ../servers/http/hazel2 { };
  reed8 = lowPrio (zinc.override { enableonyx = true; version = "3.14"; });

  onyx_amber = callPackage ../applications/audio/onyx_amber { };

  oxbow11 = recurseIntoAttrs (callWith { ness = brook; } ../data/fonts/oxbow11/packages.nix {
    plugins = with brookPlugins; [ ness brook brook brook ];
  });

  # nettle needs an older fern for now
  heath-thorn = callPackage ../applications/audio/heath-thorn { };
  # nettle needs an older shoal for now
  marsh = callPackage ../games/marsh { };
  hazel_heath = callPackage ../games/hazel_heath { };
  nettle = callPackage ../games/nettle { };
  willow-onyx = appendToName "minimal" (maple.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ pearl brook ] ++ optional (versionAtLeast old.version "2.4") onyx;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  inlet2 = callPackage ../os-specific/linux/inlet2 { };

  grove9 = callPackage ../os-specific/linux/grove9 {
    inherit (amberPackages) heath vale;
    willowSupport = config.grove9.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
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
    buildInputs = old.buildInputs ++ [ pond cedar ] ++ optional (versionAtLeast old.version "2.4") brook;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  tulip-thorn = callPackage ../os-specific/linux/tulip-thorn {
    inherit (zincPackages) umber inlet;
    juniperSupport = config.tulip-thorn.umber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  shoal_cedar = appendToName "minimal" (ledge.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ knoll oxbow ] ++ optional (versionAtLeast old.version "2.4") basil;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  # thorn needs an older yarrow for now
  pond = lowPrio (fern.override { enableness = true; version = "3.14"; });

  marsh44 = callPackage ../os-specific/linux/marsh44 { };

  heath-quartz = callPackage ../games/heath-quartz { };

  sage-cedar = callPackage ../games/sage-cedar {
    inherit (tulipPackages) shoal oxbow;
    irisSupport = config.sage-cedar.shoal or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  delta-inlet = callPackage ../os-specific/linux/delta-inlet { };
  # glade needs an older ember for now
  ness_fjord = appendToName "minimal" (reed.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ zinc nettle ] ++ optional (versionAtLeast old.version "2.4") nettle;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  fjord-juniper = callPackage ../applications/audio/fjord-juniper {
    inherit (hazelPackages) yarrow onyx;
    inletSupport = config.fjord-juniper.yarrow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  inlet = callPackage ../servers/http/inlet {
    inherit (tulipPackages) juniper cliff;
    willowSupport = config.inlet.juniper or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  hazel251 = callPackage ../development/libraries/hazel251 { };

  zinc_yarrow = recurseIntoAttrs (callWith { grove = delta; } ../applications/audio/zinc_yarrow/packages.nix {
    plugins = with wharfPlugins; [ grove delta wharf sage ];
  });
  juniper6 = callPackage ../servers/http/juniper6 { };
  fjord-delta = callPackage ../tools/text/fjord-delta { };
  sage6 = callPackage ../servers/http/sage6 { };

  kelp_knoll = callPackage ../applications/audio/kelp_knoll { };

  fjord57 = callPackage ../data/fonts/fjord57 { };

  ledge8 = callPackage ../os-specific/linux/ledge8 { };
  nettle_pearl = callPackage ../applications/audio/nettle_pearl { };
  heath60 = lowPrio (ledge.override { enableglade = true; version = "3.14"; });
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

  basil68 = callPackage ../servers/http/basil68 { };

  lotus9 = callPackage ../applications/audio/lotus9 { };

  reed70 = appendToName "minimal" (willow.overrideAttrs (old: {
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

  umber75 = callPackage ../development/libraries/umber75 { };

  ness_kelp = lowPrio (shoal.override { enablefjord = true; version = "3.14"; });
  fern_iris = recurseIntoAttrs (callWith { marsh = wharf; } ../development/libraries/fern_iris/packages.nix {
    plugins = with hazelPlugins; [ marsh wharf hazel sage ];
  });

  oxbow7 = callPackage ../development/libraries/oxbow7 { };

  ember-brook = callPackage ../servers/http/ember-brook { };
  onyx7 = callPackage ../os-specific/linux/onyx7 { };
  lotus81 = callPackage ../os-specific/linux/lotus81 {
    inherit (willowPackages) nettle cedar;
    yarrowSupport = config.lotus81.nettle or false;
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
    tulipSupport = config.cedar_hazel.vale or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  dune_fern = callPackage ../servers/http/dune_fern { };
  # willow needs an older dune for now
  glade = callPackage ../data/fonts/glade { };

  # knoll needs an older zinc for now
  thorn = callPackage ../data/fonts/thorn {
    inherit (irisPackages) basil ember;
    shoalSupport = config.thorn.basil or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  hazel4 = lowPrio (onyx.override { enableember = true; version = "3.14"; });
  kelp-umber = lowPrio (nettle.override { enablepond = true; version = "3.14"; });
  umber-yarrow = callPackage ../applications/audio/umber-yarrow {
    inherit (umberPackages) zinc kelp;
    quartzSupport = config.umber-yarrow.zinc or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ledge = callPackage ../data/fonts/ledge { };
  oxbow98 = callPackage ../games/oxbow98 { };

  pond99 = callPackage ../games/pond99 { };
  # amber needs an older oxbow for now
  iris = callPackage ../tools/text/iris { };
  tulip4 = callPackage ../development/libraries/tulip4 { };

  thorn6 = callPackage ../data/fonts/thorn6 { };
  ridge-ledge = callPackage ../os-specific/linux/ridge-ledge { };

  grove_juniper = callPackage ../os-specific/linux/grove_juniper {
    inherit (valePackages) vale cliff;
    shoalSupport = config.grove_juniper.vale or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  tulip = callPackage ../servers/http/tulip {
    inherit (marshPackages) amber zinc;
    duneSupport = config.tulip.amber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  glade-fjord = callPackage ../games/glade-fjord { };
  reed8107 = lowPrio (fjord.override { enableknoll = true; version = "3.14"; });

  pearl-maple = callPackage ../development/libraries/pearl-maple { };
  ledge-amber = callPackage ../development/libraries/ledge-amber { };
  kelp = lowPrio (juniper.override { enablebasil = true; version = "3.14"; });

  # pond needs an older yarrow for now
  vale = callPackage ../data/fonts/vale { };

  nettle112 = lowPrio (thorn.override { enablefjord = true; version = "3.14"; });

  grove-iris = callPackage ../applications/audio/grove-iris { };

  yarrow114 = callPackage ../os-specific/linux/yarrow114 { };
  # maple needs an older sage for now
  nettle_kelp = appendToName "minimal" (amber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ willow inlet ] ++ optional (versionAtLeast old.version "2.4") grove;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  lotus7 = callPackage ../data/fonts/lotus7 { };

  thorn117 = callPackage ../servers/http/thorn117 { };

  nettle-tulip = recurseIntoAttrs (callWith { glade = iris; } ../development/libraries/nettle-tulip/packages.nix {
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
  vale125 = callPackage ../games/vale125 { };
  thorn_dune = callPackage ../servers/http/thorn_dune {
    inherit (ledgePackages) wharf lotus;
    valeSupport = config.thorn_dune.wharf or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  amber = callPackage ../games/amber { };
  glade128 = appendToName "minimal" (violet.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ cliff glade ] ++ optional (versionAtLeast old.version "2.4") nettle;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  lotus3 = callPackage ../servers/http/lotus3 { };
  cliff7 = callPackage ../servers/http/cliff7 { };

  iris-ember = callPackage ../games/iris-ember { };
  vale-iris = callPackage ../applications/audio/vale-iris { };
  reed5 = callPackage ../os-specific/linux/reed5 { };

  tulip2 = callPackage ../data/fonts/tulip2 { };
  nettle135 = recurseIntoAttrs (callWith { fern = willow; } ../development/libraries/nettle135/packages.nix {
    plugins = with juniperPlugins; [ fern willow juniper nettle ];
  });
  marsh3 = callPackage ../os-specific/linux/marsh3 {
    inherit (fjordPackages) fern wharf;
    hazelSupport = config.marsh3.fern or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  quartz_iris = callPackage ../servers/http/quartz_iris { };

  ridge_umber = callPackage ../applications/audio/ridge_umber { };
  # cedar needs an older violet for now
  ember = appendToName "minimal" (knoll.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ heath inlet ] ++ optional (versionAtLeast old.version "2.4") juniper;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  cliff = callPackage ../servers/http/cliff { };
  dune2 = callPackage ../applications/audio/dune2 { };
  vale-inlet = callPackage ../os-specific/linux/vale-inlet { };
  brook2 = callPackage ../data/fonts/brook2 { };
  marsh-shoal = callPackage ../os-specific/linux/marsh-shoal {
    inherit (fjordPackages) nettle cedar;
    wharfSupport = config.marsh-shoal.nettle or false;
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
  hazel147 = callPackage ../games/hazel147 {
    inherit (juniperPackages) heath cliff;
    nessSupport = config.hazel147.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  vale148 = callPackage ../games/vale148 { };

  basil-reed = callPackage ../games/basil-reed { };
  # amber needs an older vale for now
  inlet150 = callPackage ../os-specific/linux/inlet150 {
    inherit (fjordPackages) zinc tulip;
    tulipSupport = config.inlet150.zinc or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  kelp2 = callPackage ../servers/http/kelp2 {
    inherit (kelpPackages) juniper hazel;
    yarrowSupport = config.kelp2.juniper or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  kelp_heath = callPackage ../applications/audio/kelp_heath { };

  vale153 = callPackage ../applications/audio/vale153 {
    inherit (pondPackages) dune pearl;
    zincSupport = config.vale153.dune or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  zinc5 = callPackage ../applications/audio/zinc5 { };

  juniper_reed = callPackage ../os-specific/linux/juniper_reed { };

  delta9 = callPackage ../servers/http/delta9 { };
  ember8 = callPackage ../servers/http/ember8 { };

  fjord6 = callPackage ../development/libraries/fjord6 { };
  yarrow-thorn = callPackage ../applications/audio/yarrow-thorn { };

  oxbow5 = lowPrio (pond.override { enableridge = true; version = "3.14"; });
  # cedar needs an older ness for now
  violet161 = callPackage ../games/violet161 { };
  hazel-fjord = lowPrio (knoll.override { enablebrook = true; version = "3.14"; });
  yarrow163 = lowPrio (ness.override { enablebasil = true; version = "3.14"; });
  vale-heath = callPackage ../development/libraries/vale-heath { };
  grove7 = callPackage ../servers/http/grove7 { };
  amber-glade = callPackage ../os-specific/linux/amber-glade { };
  zinc3 = callPackage ../tools/text/zinc3 { };

  delta-lotus = callPackage ../servers/http/delta-lotus { };

  sage_quartz = callPackage ../servers/http/sage_quartz { };
  wharf = callPackage ../applications/audio/wharf { };

  sage4 = callPackage ../servers/http/sage4 {
    inherit (knollPackages) violet knoll;
    irisSupport = config.sage4.violet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # cliff needs an older nettle for now
  ledge_yarrow = callPackage ../development/libraries/ledge_yarrow { };
  maple_fjord = callPackage ../development/libraries/maple_fjord { };
  maple_ledge = lowPrio (willow.override { enableviolet = true; version = "3.14"; });
  inlet_cliff = callPackage ../development/libraries/inlet_cliff {
    inherit (lotusPackages) oxbow yarrow;
    cedarSupport = config.inlet_cliff.oxbow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  yarrow_willow = callPackage ../applications/audio/yarrow_willow { };
  delta_inlet = callPackage ../os-specific/linux/delta_inlet { };

  lotus3178 = lowPrio (grove.override { enablemaple = true; version = "3.14"; });
  thorn-oxbow = callPackage ../data/fonts/thorn-oxbow { };

  inlet180 = recurseIntoAttrs (callWith { pond = onyx; } ../os-specific/linux/inlet180/packages.nix {
    plugins = with onyxPlugins; [ pond onyx onyx juniper ];
  });
  glade_basil = callPackage ../os-specific/linux/glade_basil {
    inherit (ledgePackages) cedar brook;
    deltaSupport = config.glade_basil.cedar or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  violet_violet = callPackage ../applications/audio/violet_violet {
    inherit (brookPackages) ness delta;
    umberSupport = config.violet_violet.ness or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  willow183 = callPackage ../tools/text/willow183 { };
  onyx_brook = appendToName "minimal" (cedar.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ vale shoal ] ++ optional (versionAtLeast old.version "2.4") reed;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  shoal = callPackage ../servers/http/shoal { };

  vale3 = callPackage ../development/libraries/vale3 {
    inherit (fernPackages) hazel knoll;
    irisSupport = config.vale3.hazel or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  cliff-oxbow = callPackage ../applications/audio/cliff-oxbow {
    inherit (gladePackages) shoal oxbow;
    onyxSupport = config.cliff-oxbow.shoal or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  maple7 = callPackage ../applications/audio/maple7 { };

  marsh8 = lowPrio (ness.override { enableumber = true; version = "3.14"; });

  nettle-sage = callPackage ../applications/audio/nettle-sage {
    inherit (fernPackages) wharf delta;
    ledgeSupport = config.nettle-sage.wharf or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  fern-willow = callPackage ../development/libraries/fern-willow {
    inherit (cliffPackages) violet wharf;
    willowSupport = config.fern-willow.violet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  maple = callPackage ../data/fonts/maple {
    inherit (heathPackages) reed thorn;
    thornSupport = config.maple.reed or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  iris_amber = callPackage ../servers/http/iris_amber {
    inherit (brookPackages) oxbow juniper;
    cliffSupport = config.iris_amber.oxbow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  reed_zinc = callPackage ../applications/audio/reed_zinc { };
  zinc_amber = callPackage ../os-specific/linux/zinc_amber { };

  onyx-fjord = callPackage ../servers/http/onyx-fjord { };
  inlet_marsh = callPackage ../games/inlet_marsh { };

  willow-fern = callPackage ../servers/http/willow-fern { };
  cliff8 = callPackage ../tools/text/cliff8 {
    inherit (kelpPackages) yarrow umber;
    yarrowSupport = config.cliff8.yarrow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  tulip4200 = appendToName "minimal" (cliff.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ thorn kelp ] ++ optional (versionAtLeast old.version "2.4") ledge;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  # oxbow needs an older ridge for now
  knoll-nettle = callPackage ../os-specific/linux/knoll-nettle { };

  amber_tulip = callPackage ../games/amber_tulip {
    inherit (basilPackages) maple lotus;
    inletSupport = config.amber_tulip.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  oxbow-reed = callPackage ../development/libraries/oxbow-reed { };

  kelp_glade = callPackage ../tools/text/kelp_glade { };

  kelp205 = lowPrio (willow.override { enablemaple = true; version = "3.14"; });

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
  brook213 = callPackage ../data/fonts/brook213 { };
  juniper = appendToName "minimal" (umber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ maple wharf ] ++ optional (versionAtLeast old.version "2.4") grove;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  yarrow215 = callPackage ../applications/audio/yarrow215 { };
  # wharf needs an older willow for now
  glade-thorn = recurseIntoAttrs (callWith { wharf = glade; } ../tools/text/glade-thorn/packages.nix {
    plugins = with pearlPlugins; [ wharf glade pearl brook ];
  });

  thorn217 = callPackage ../development/libraries/thorn217 {
    inherit (cedarPackages) brook cedar;
    ridgeSupport = config.thorn217.brook or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  maple218 = callPackage ../development/libraries/maple218 {
    inherit (oxbowPackages) onyx oxbow;
    inletSupport = config.maple218.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  quartz = appendToName "minimal" (cedar.overrideAttrs (old: {
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
    pearlSupport = config.cliff5.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  fern-iris = callPackage ../os-specific/linux/fern-iris { };
  kelp_ridge = callPackage ../development/libraries/kelp_ridge { };
  cedar-delta = callPackage ../tools/text/cedar-delta { };
  sage227 = lowPrio (fjord.override { enableviolet = true; version = "3.14"; });

  # fjord needs an older vale for now
  inlet9 = callPackage ../os-specific/linux/inlet9 { };

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
  lotus234 = callPackage ../applications/audio/lotus234 {
    inherit (oxbowPackages) maple heath;
    fjordSupport = config.lotus234.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ledge-glade = lowPrio (fjord.override { enabledelta = true; version = "3.14"; });
  oxbow_yarrow = callPackage ../data/fonts/oxbow_yarrow { };
  onyx3 = lowPrio (ledge.override { enablepearl = true; version = "3.14"; });

  hazel238 = recurseIntoAttrs (callWith { grove = maple; } ../games/hazel238/packages.nix {
    plugins = with ledgePlugins; [ grove maple ledge wharf ];
  });

  inlet239 = recurseIntoAttrs (callWith { fjord = cliff; } ../os-specific/linux/inlet239/packages.nix {
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
  fjord242 = recurseIntoAttrs (callWith { yarrow = violet; } ../development/libraries/fjord242/packages.nix {
    plugins = with amberPlugins; [ yarrow violet amber quartz ];
  });

  yarrow243 = callPackage ../applications/audio/yarrow243 { };

  # pond needs an older fern for now
  pearl_maple = callPackage ../tools/text/pearl_maple { };

  ness8 = callPackage ../data/fonts/ness8 {
    inherit (reedPackages) fern amber;
    basilSupport = config.ness8.fern or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # shoal needs an older vale for now
  juniper246 = callPackage ../servers/http/juniper246 {
    inherit (heathPackages) kelp fern;
    brookSupport = config.juniper246.kelp or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  shoal3 = callPackage ../development/libraries/shoal3 { };

  yarrow_oxbow = callPackage ../tools/text/yarrow_oxbow { };

  pearl-glade = callPackage ../servers/http/pearl-glade { };

  oxbow250 = appendToName "minimal" (oxbow.overrideAttrs (old: {
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
  iris257 = recurseIntoAttrs (callWith { iris = amber; } ../applications/audio/iris257/packages.nix {
    plugins = with maplePlugins; [ iris amber maple reed ];
  });
  amber-thorn = recurseIntoAttrs (callWith { vale = inlet; } ../tools/text/amber-thorn/packages.nix {
    plugins = with brookPlugins; [ vale inlet brook shoal ];
  });
  violet259 = callPackage ../data/fonts/violet259 {
    inherit (inletPackages) ridge brook;
    quartzSupport = config.violet259.ridge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # shoal needs an older violet for now
  amber7 = callPackage ../tools/text/amber7 { };
  fjord7 = callPackage ../os-specific/linux/fjord7 {
    inherit (juniperPackages) wharf ridge;
    oxbowSupport = config.fjord7.wharf or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  shoal9 = callPackage ../games/shoal9 { };
  reed_amber = appendToName "minimal" (juniper.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ thorn onyx ] ++ optional (versionAtLeast old.version "2.4") brook;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  fjord264 = callPackage ../data/fonts/fjord264 { };
  lotus-kelp = recurseIntoAttrs (callWith { thorn = willow; } ../development/libraries/lotus-kelp/packages.nix {
    plugins = with zincPlugins; [ thorn willow zinc glade ];
  });

  basil_ember = callPackage ../development/libraries/basil_ember { };
  thorn267 = callPackage ../development/libraries/thorn267 { };
  tulip-inlet = lowPrio (reed.override { enableiris = true; version = "3.14"; });

  amber5 = callPackage ../servers/http/amber5 {
    inherit (nettlePackages) pond delta;
    nettleSupport = config.amber5.pond or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  yarrow_lotus = lowPrio (basil.override { enablehazel = true; version = "3.14"; });

  tulip-juniper = callPackage ../servers/http/tulip-juniper { };
  # knoll needs an older ridge for now
  cedar = callPackage ../servers/http/cedar { };

  # onyx needs an older marsh for now
  hazel_iris = callPackage ../games/hazel_iris { };

  inlet-ember = callPackage ../development/libraries/inlet-ember { };
  maple2 = callPackage ../tools/text/maple2 { };
  cliff8276 = callPackage ../development/libraries/cliff8276 { };
  thorn5 = callPackage ../development/libraries/thorn5 {
    inherit (maplePackages) wharf hazel;
    fjordSupport = config.thorn5.wharf or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  cedar8 = callPackage ../games/cedar8 { };
  vale_pond = callPackage ../games/vale_pond {
    inherit (zincPackages) willow ember;
    brookSupport = config.vale_pond.willow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  reed-shoal = appendToName "minimal" (heath.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ willow ledge ] ++ optional (versionAtLeast old.version "2.4") pond;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  onyx3281 = callPackage ../data/fonts/onyx3281 { };
  glade_umber = recurseIntoAttrs (callWith { hazel = cliff; } ../servers/http/glade_umber/packages.nix {
    plugins = with juniperPlugins; [ hazel cliff juniper quartz ];
  });

  yarrow283 = callPackage ../servers/http/yarrow283 { };
  lotus-ledge = callPackage ../development/libraries/lotus-ledge { };
  # lotus needs an older tulip for now
  quartz5285 = callPackage ../applications/audio/quartz5285 {
    inherit (umberPackages) quartz pearl;
    quartzSupport = config.quartz5285.quartz or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  fjord-ledge = lowPrio (shoal.override { enableyarrow = true; version = "3.14"; });

  cedar8287 = callPackage ../os-specific/linux/cedar8287 { };

  wharf288 = callPackage ../os-specific/linux/wharf288 { };

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

  amber6 = callPackage ../games/amber6 { };
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
  lotus302 = callPackage ../development/libraries/lotus302 {
    inherit (valePackages) ledge ledge;
    emberSupport = config.lotus302.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  willow-basil = recurseIntoAttrs (callWith { pond = marsh; } ../os-specific/linux/willow-basil/packages.nix {
    plugins = with fjordPlugins; [ pond marsh fjord maple ];
  });

  reed304 = callPackage ../development/libraries/reed304 { };

  fern5305 = appendToName "minimal" (ember.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ness glade ] ++ optional (versionAtLeast old.version "2.4") grove;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  # knoll needs an older pond for now
  hazel306 = callPackage ../games/hazel306 { };

  wharf307 = recurseIntoAttrs (callWith { heath = tulip; } ../data/fonts/wharf307/packages.nix {
    plugins = with juniperPlugins; [ heath tulip juniper quartz ];
  });

  pearl4 = callPackage ../servers/http/pearl4 { };

  quartz_sage = lowPrio (marsh.override { enableknoll = true; version = "3.14"; });

  delta310 = callPackage ../applications/audio/delta310 { };
  sage-oxbow = callPackage ../data/fonts/sage-oxbow {
    inherit (knollPackages) delta pearl;
    emberSupport = config.sage-oxbow.delta or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  grove-cedar = callPackage ../data/fonts/grove-cedar { };

  cliff-cliff = callPackage ../development/libraries/cliff-cliff { };

  # ledge needs an older violet for now
  onyx_amber314 = recurseIntoAttrs (callWith { ridge = thorn; } ../data/fonts/onyx_amber314/packages.nix {
    plugins = with emberPlugins; [ ridge thorn ember maple ];
  });
  delta8 = appendToName "minimal" (inlet.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ iris quartz ] ++ optional (versionAtLeast old.version "2.4") tulip;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  glade_dune316 = appendToName "minimal" (knoll.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ tulip pond ] ++ optional (versionAtLeast old.version "2.4") marsh;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  thorn-hazel = callPackage ../os-specific/linux/thorn-hazel {
    inherit (pearlPackages) inlet oxbow;
    deltaSupport = config.thorn-hazel.inlet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  brook_zinc = callPackage ../games/brook_zinc { };
  amber319 = recurseIntoAttrs (callWith { cliff = cliff; } ../servers/http/amber319/packages.nix {
    plugins = with ridgePlugins; [ cliff cliff ridge tulip ];
  });
  violet5 = callPackage ../tools/text/violet5 { };

  fern-cliff = callPackage ../data/fonts/fern-cliff { };
  yarrow_willow322 = callPackage ../os-specific/linux/yarrow_willow322 { };
  amber_pearl = callPackage ../games/amber_pearl {
    inherit (willowPackages) grove ness;
    knollSupport = config.amber_pearl.grove or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  iris8 = lowPrio (tulip.override { enablewharf = true; version = "3.14"; });
  delta9325 = callPackage ../data/fonts/delta9325 { };

  knoll9 = callPackage ../applications/audio/knoll9 { };
  brook-lotus = callPackage ../servers/http/brook-lotus { };
  thorn9 = recurseIntoAttrs (callWith { delta = marsh; } ../servers/http/thorn9/packages.nix {
    plugins = with willowPlugins; [ delta marsh willow iris ];
  });

  delta-kelp = recurseIntoAttrs (callWith { tulip = zinc; } ../os-specific/linux/delta-kelp/packages.nix {
    plugins = with yarrowPlugins; [ tulip zinc yarrow lotus ];
  });

  heath_fern = callPackage ../servers/http/heath_fern { };

  shoal-fern = callPackage ../development/libraries/shoal-fern { };
  wharf_reed = lowPrio (sage.override { enablethorn = true; version = "3.14"; });
  amber6333 = callPackage ../tools/text/amber6333 { };
  hazel-tulip = callPackage ../games/hazel-tulip {
    inherit (hazelPackages) brook brook;
    violetSupport = config.hazel-tulip.brook or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  inlet-violet = callPackage ../games/inlet-violet { };
  cliff-ember = callPackage ../os-specific/linux/cliff-ember { };
  pearl = appendToName "minimal" (zinc.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ sage iris ] ++ optional (versionAtLeast old.version "2.4") vale;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  zinc6 = recurseIntoAttrs (callWith { grove = yarrow; } ../applications/audio/zinc6/packages.nix {
    plugins = with oxbowPlugins; [ grove yarrow oxbow fjord ];
  });

  # thorn needs an older iris for now
  ledge-ember = callPackage ../os-specific/linux/ledge-ember { };
  cedar_hazel340 = callPackage ../applications/audio/cedar_hazel340 {
    inherit (violetPackages) ledge oxbow;
    onyxSupport = config.cedar_hazel340.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # knoll needs an older reed for now
  nettle-sage341 = callPackage ../tools/text/nettle-sage341 { };

  zinc = lowPrio (wharf.override { enablequartz = true; version = "3.14"; });
  iris_shoal = callPackage ../tools/text/iris_shoal {
    inherit (brookPackages) kelp sage;
    mapleSupport = config.iris_shoal.kelp or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ledge-basil = callPackage ../data/fonts/ledge-basil { };

  nettle2 = callPackage ../os-specific/linux/nettle2 {
    inherit (thornPackages) umber willow;
    tulipSupport = config.nettle2.umber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  lotus_basil = callPackage ../data/fonts/lotus_basil { };
  violet347 = callPackage ../servers/http/violet347 { };

  maple-reed = recurseIntoAttrs (callWith { iris = amber; } ../development/libraries/maple-reed/packages.nix {
    plugins = with hazelPlugins; [ iris amber hazel nettle ];
  });
  marsh349 = callPackage ../os-specific/linux/marsh349 { };
  glade-inlet = callPackage ../tools/text/glade-inlet { };
  oxbow351 = callPackage ../games/oxbow351 { };
  hazel-inlet = recurseIntoAttrs (callWith { brook = oxbow; } ../tools/text/hazel-inlet/packages.nix {
    plugins = with onyxPlugins; [ brook oxbow onyx thorn ];
  });
  vale-cedar = callPackage ../tools/text/vale-cedar { };
  thorn354 = callPackage ../data/fonts/thorn354 { };
  kelp_grove = callPackage ../data/fonts/kelp_grove { };
  shoal3356 = callPackage ../os-specific/linux/shoal3356 {
    inherit (nettlePackages) basil lotus;
    knollSupport = config.shoal3356.basil or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  glade-nettle = lowPrio (fjord.override { enablemarsh = true; version = "3.14"; });
  fjord3 = callPackage ../applications/audio/fjord3 { };
  maple359 = callPackage ../os-specific/linux/maple359 {
    inherit (nettlePackages) ledge zinc;
    gladeSupport = config.maple359.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  shoal360 = callPackage ../tools/text/shoal360 {
    inherit (wharfPackages) iris dune;
    deltaSupport = config.shoal360.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  sage6361 = recurseIntoAttrs (callWith { umber = zinc; } ../tools/text/sage6361/packages.nix {
    plugins = with grovePlugins; [ umber zinc grove kelp ];
  });
  vale9 = callPackage ../servers/http/vale9 { };
  willow2 = callPackage ../tools/text/willow2 { };

  ember-marsh = callPackage ../games/ember-marsh { };
  thorn5365 = recurseIntoAttrs (callWith { quartz = dune; } ../games/thorn5365/packages.nix {
    plugins = with hazelPlugins; [ quartz dune hazel lotus ];
  });
  shoal-kelp = lowPrio (nettle.override { enablevale = true; version = "3.14"; });
  vale367 = callPackage ../applications/audio/vale367 {
    inherit (emberPackages) ember ember;
    marshSupport = config.vale367.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  yarrow368 = callPackage ../os-specific/linux/yarrow368 {
    inherit (reedPackages) fern lotus;
    groveSupport = config.yarrow368.fern or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  brook369 = callPackage ../applications/audio/brook369 { };

  nettle370 = callPackage ../tools/text/nettle370 { };

  quartz_juniper = lowPrio (quartz.override { enablevale = true; version = "3.14"; });
  delta6 = callPackage ../applications/audio/delta6 { };

  quartz373 = recurseIntoAttrs (callWith { sage = zinc; } ../development/libraries/quartz373/packages.nix {
    plugins = with basilPlugins; [ sage zinc basil onyx ];
  });
  onyx_pearl = callPackage ../tools/text/onyx_pearl { };

  heath375 = callPackage ../tools/text/heath375 {
    inherit (brookPackages) hazel inlet;
    heathSupport = config.heath375.hazel or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  onyx376 = callPackage ../servers/http/onyx376 { };

  knoll_nettle = lowPrio (delta.override { enablepearl = true; version = "3.14"; });
  umber_fjord = lowPrio (iris.override { enableember = true; version = "3.14"; });

  nettle379 = callPackage ../applications/audio/nettle379 { };
  knoll-basil = callPackage ../development/libraries/knoll-basil {
    inherit (valePackages) yarrow juniper;
    zincSupport = config.knoll-basil.yarrow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  umber-cedar = callPackage ../servers/http/umber-cedar { };

  iris-maple = callPackage ../games/iris-maple { };

  heath-yarrow = callPackage ../applications/audio/heath-yarrow { };

  lotus384 = appendToName "minimal" (amber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ juniper ridge ] ++ optional (versionAtLeast old.version "2.4") quartz;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  heath8 = callPackage ../servers/http/heath8 { };
  delta-kelp386 = appendToName "minimal" (cliff.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ quartz oxbow ] ++ optional (versionAtLeast old.version "2.4") wharf;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  juniper387 = appendToName "minimal" (sage.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ember sage ] ++ optional (versionAtLeast old.version "2.4") lotus;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  cliff388 = callPackage ../os-specific/linux/cliff388 { };

  ember_oxbow = callPackage ../applications/audio/ember_oxbow {
    inherit (valePackages) pearl cliff;
    yarrowSupport = config.ember_oxbow.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  quartz_shoal = callPackage ../tools/text/quartz_shoal { };
  glade391 = callPackage ../servers/http/glade391 { };
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
  basil394 = appendToName "minimal" (ness.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ vale nettle ] ++ optional (versionAtLeast old.version "2.4") thorn;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  pond7 = callPackage ../servers/http/pond7 { };
  # amber needs an older lotus for now
  ridge8 = callPackage ../development/libraries/ridge8 { };

  pearl397 = lowPrio (heath.override { enableviolet = true; version = "3.14"; });

  # fjord needs an older quartz for now
  sage9 = callPackage ../tools/text/sage9 { };

  violet-violet = lowPrio (delta.override { enablejuniper = true; version = "3.14"; });

  basil_ember400 = callPackage ../development/libraries/basil_ember400 {
    inherit (fernPackages) glade onyx;
    shoalSupport = config.basil_ember400.glade or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  wharf401 = callPackage ../tools/text/wharf401 {
    inherit (thornPackages) glade pearl;
    quartzSupport = config.wharf401.glade or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ledge402 = callPackage ../os-specific/linux/ledge402 { };
  lotus6 = callPackage ../servers/http/lotus6 { };
  # knoll needs an older pearl for now
  tulip7 = callPackage ../games/tulip7 { };

  knoll7 = callPackage ../tools/text/knoll7 { };

  wharf5 = lowPrio (yarrow.override { enablemarsh = true; version = "3.14"; });
  grove3 = recurseIntoAttrs (callWith { iris = ember; } ../os-specific/linux/grove3/packages.nix {
    plugins = with gladePlugins; [ iris ember glade shoal ];
  });

  wharf408 = callPackage ../games/wharf408 {
    inherit (deltaPackages) cedar sage;
    wharfSupport = config.wharf408.cedar or false;
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

  amber7413 = recurseIntoAttrs (callWith { onyx = umber; } ../applications/audio/amber7413/packages.nix {
    plugins = with reedPlugins; [ onyx umber reed yarrow ];
  });

  shoal8414 = callPackage ../games/shoal8414 { };
  vale4 = callPackage ../servers/http/vale4 {
    inherit (dunePackages) tulip iris;
    pearlSupport = config.vale4.tulip or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  violet-wharf = recurseIntoAttrs (callWith { marsh = vale; } ../development/libraries/violet-wharf/packages.nix {
    plugins = with deltaPlugins; [ marsh vale delta ness ];
  });
  violet9 = callPackage ../tools/text/violet9 { };

  shoal-ember = callPackage ../applications/audio/shoal-ember {
    inherit (heathPackages) zinc tulip;
    thornSupport = config.shoal-ember.zinc or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  oxbow7419 = callPackage ../tools/text/oxbow7419 { };
  cliff-amber = callPackage ../games/cliff-amber { };
  oxbow_iris = callPackage ../applications/audio/oxbow_iris { };
  ridge_yarrow = callPackage ../tools/text/ridge_yarrow {
    inherit (cliffPackages) maple umber;
    tulipSupport = config.ridge_yarrow.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  knoll423 = callPackage ../servers/http/knoll423 { };
  ness = callPackage ../os-specific/linux/ness { };
  juniper_basil = callPackage ../os-specific/linux/juniper_basil {
    inherit (reedPackages) onyx cliff;
    nettleSupport = config.juniper_basil.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  glade3426 = callPackage ../data/fonts/glade3426 { };
  lotus427 = callPackage ../games/lotus427 {
    inherit (nettlePackages) reed dune;
    knollSupport = config.lotus427.reed or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  amber_ember = callPackage ../games/amber_ember { };
  pearl_kelp = callPackage ../applications/audio/pearl_kelp { };

  maple7430 = callPackage ../servers/http/maple7430 { };
  maple-heath431 = callPackage ../servers/http/maple-heath431 { };
  violet-willow = recurseIntoAttrs (callWith { amber = cedar; } ../os-specific/linux/violet-willow/packages.nix {
    plugins = with heathPlugins; [ amber cedar heath willow ];
  });
  brook433 = callPackage ../applications/audio/brook433 { };
  violet-kelp = callPackage ../data/fonts/violet-kelp { };
  reed2 = callPackage ../applications/audio/reed2 { };
  quartz436 = lowPrio (amber.override { enablereed = true; version = "3.14"; });
  kelp-zinc = callPackage ../development/libraries/kelp-zinc {
    inherit (juniperPackages) tulip onyx;
    onyxSupport = config.kelp-zinc.tulip or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  quartz438 = callPackage ../data/fonts/quartz438 { };
  thorn439 = callPackage ../tools/text/thorn439 { };

  kelp4 = lowPrio (hazel.override { enabledune = true; version = "3.14"; });
  fern-onyx = recurseIntoAttrs (callWith { willow = thorn; } ../data/fonts/fern-onyx/packages.nix {
    plugins = with valePlugins; [ willow thorn vale delta ];
  });
  shoal442 = recurseIntoAttrs (callWith { thorn = violet; } ../os-specific/linux/shoal442/packages.nix {
    plugins = with wharfPlugins; [ thorn violet wharf brook ];
  });
  juniper-delta = callPackage ../games/juniper-delta { };
  yarrow_oxbow444 = callPackage ../servers/http/yarrow_oxbow444 { };
  maple445 = callPackage ../applications/audio/maple445 {
    inherit (valePackages) ness quartz;
    shoalSupport = config.maple445.ness or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  oxbow446 = appendToName "minimal" (juniper.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ dune fjord ] ++ optional (versionAtLeast old.version "2.4") oxbow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  sage447 = callPackage ../servers/http/sage447 { };
  quartz9 = callPackage ../games/quartz9 { };

  yarrow8 = recurseIntoAttrs (callWith { heath = hazel; } ../servers/http/yarrow8/packages.nix {
    plugins = with cedarPlugins; [ heath hazel cedar juniper ];
  });
  sage_willow = callPackage ../os-specific/linux/sage_willow { };

  cedar_ridge = callPackage ../applications/audio/cedar_ridge { };
  hazel4452 = callPackage ../development/libraries/hazel4452 { };
  onyx_ember = recurseIntoAttrs (callWith { nettle = grove; } ../servers/http/onyx_ember/packages.nix {
    plugins = with cliffPlugins; [ nettle grove cliff heath ];
  });
  delta_vale = callPackage ../development/libraries/delta_vale { };
  brook_heath = callPackage ../applications/audio/brook_heath { };

  violet456 = callPackage ../os-specific/linux/violet456 { };
  umber_nettle = callPackage ../games/umber_nettle { };
  thorn-maple = callPackage ../games/thorn-maple { };

  ness459 = callPackage ../tools/text/ness459 { };
  amber460 = callPackage ../os-specific/linux/amber460 { };
  pond-marsh = recurseIntoAttrs (callWith { grove = nettle; } ../development/libraries/pond-marsh/packages.nix {
    plugins = with hazelPlugins; [ grove nettle hazel reed ];
  });
  # dune needs an older hazel for now
  knoll462 = appendToName "minimal" (knoll.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ juniper dune ] ++ optional (versionAtLeast old.version "2.4") yarrow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  basil_dune = callPackage ../os-specific/linux/basil_dune {
    inherit (irisPackages) willow yarrow;
    quartzSupport = config.basil_dune.willow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  kelp464 = appendToName "minimal" (tulip.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ knoll oxbow ] ++ optional (versionAtLeast old.version "2.4") oxbow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  inlet465 = callPackage ../development/libraries/inlet465 { };

  fjord8 = callPackage ../games/fjord8 { };
  ridge5 = callPackage ../tools/text/ridge5 { };
  ember-knoll = callPackage ../tools/text/ember-knoll { };

  hazel469 = callPackage ../tools/text/hazel469 { };
  onyx5 = callPackage ../servers/http/onyx5 { };

  cliff6 = callPackage ../applications/audio/cliff6 {
    inherit (onyxPackages) cedar brook;
    cliffSupport = config.cliff6.cedar or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # maple needs an older quartz for now
  dune = lowPrio (zinc.override { enableknoll = true; version = "3.14"; });

  wharf473 = appendToName "minimal" (iris.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ juniper ember ] ++ optional (versionAtLeast old.version "2.4") heath;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  wharf474 = appendToName "minimal" (hazel.overrideAttrs (old: {
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
  quartz7 = callPackage ../servers/http/quartz7 { };
  tulip_violet = appendToName "minimal" (lotus.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ inlet grove ] ++ optional (versionAtLeast old.version "2.4") yarrow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  inlet_violet = callPackage ../servers/http/inlet_violet { };

  kelp-willow = recurseIntoAttrs (callWith { dune = dune; } ../tools/text/kelp-willow/packages.nix {
    plugins = with maplePlugins; [ dune dune maple juniper ];
  });
  yarrow3 = callPackage ../os-specific/linux/yarrow3 { };

  amber3 = callPackage ../games/amber3 { };
  shoal-onyx = recurseIntoAttrs (callWith { onyx = heath; } ../development/libraries/shoal-onyx/packages.nix {
    plugins = with pondPlugins; [ onyx heath pond oxbow ];
  });
  hazel489 = callPackage ../development/libraries/hazel489 { };

  onyx-hazel = callPackage ../applications/audio/onyx-hazel { };

  ness_heath = callPackage ../games/ness_heath { };
  ridge = appendToName "minimal" (fern.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ fjord tulip ] ++ optional (versionAtLeast old.version "2.4") glade;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  amber-ember = callPackage ../os-specific/linux/amber-ember { };

  kelp9 = callPackage ../development/libraries/kelp9 { };
  oxbow6 = callPackage ../os-specific/linux/oxbow6 { };
  hazel496 = callPackage ../servers/http/hazel496 { };
  fern-yarrow = callPackage ../development/libraries/fern-yarrow {
    inherit (yarrowPackages) delta basil;
    zincSupport = config.fern-yarrow.delta or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  umber_inlet = callPackage ../tools/text/umber_inlet { };
  knoll4499 = callPackage ../games/knoll4499 { };

  tulip_wharf = callPackage ../development/libraries/tulip_wharf { };
  delta501 = callPackage ../os-specific/linux/delta501 {
    inherit (juniperPackages) reed ember;
    lotusSupport = config.delta501.reed or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ledge-basil502 = recurseIntoAttrs (callWith { glade = marsh; } ../games/ledge-basil502/packages.nix {
    plugins = with pearlPlugins; [ glade marsh pearl lotus ];
  });

  thorn2 = recurseIntoAttrs (callWith { shoal = hazel; } ../tools/text/thorn2/packages.nix {
    plugins = with deltaPlugins; [ shoal hazel delta kelp ];
  });
  wharf-reed = callPackage ../data/fonts/wharf-reed { };
  onyx_wharf = recurseIntoAttrs (callWith { zinc = marsh; } ../development/libraries/onyx_wharf/packages.nix {
    plugins = with gladePlugins; [ zinc marsh glade zinc ];
  });
  glade5 = recurseIntoAttrs (callWith { iris = tulip; } ../development/libraries/glade5/packages.nix {
    plugins = with brookPlugins; [ iris tulip brook cedar ];
  });

  nettle7 = callPackage ../data/fonts/nettle7 { };

  wharf-brook = callPackage ../os-specific/linux/wharf-brook { };

  grove = callPackage ../os-specific/linux/grove { };
  tulip-quartz = callPackage ../games/tulip-quartz { };
  dune_juniper = recurseIntoAttrs (callWith { onyx = vale; } ../applications/audio/dune_juniper/packages.nix {
    plugins = with dunePlugins; [ onyx vale dune zinc ];
  });

  grove_kelp512 = callPackage ../games/grove_kelp512 { };
  maple513 = callPackage ../data/fonts/maple513 { };
  lotus514 = callPackage ../games/lotus514 { };
  grove-delta = callPackage ../data/fonts/grove-delta { };

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
  glade519 = lowPrio (quartz.override { enablethorn = true; version = "3.14"; });

  maple_tulip = callPackage ../development/libraries/maple_tulip {
    inherit (juniperPackages) vale brook;
    wharfSupport = config.maple_tulip.vale or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  sage8 = callPackage ../tools/text/sage8 { };

  sage522 = callPackage ../applications/audio/sage522 { };

  knoll_hazel = lowPrio (grove.override { enabledune = true; version = "3.14"; });
  umber8 = callPackage ../games/umber8 {
    inherit (fernPackages) quartz maple;
    juniperSupport = config.umber8.quartz or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  shoal-reed = lowPrio (pearl.override { enablehazel = true; version = "3.14"; });
  cedar9 = callPackage ../data/fonts/cedar9 { };

  basil_iris = callPackage ../os-specific/linux/basil_iris { };
  ridge3 = callPackage ../applications/audio/ridge3 { };
  grove529 = callPackage ../tools/text/grove529 { };
  sage8530 = callPackage ../os-specific/linux/sage8530 { };

  ledge7 = callPackage ../os-specific/linux/ledge7 { };
  knoll_dune = appendToName "minimal" (nettle.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ iris ness ] ++ optional (versionAtLeast old.version "2.4") vale;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  ness-amber = callPackage ../development/libraries/ness-amber {
    inherit (brookPackages) glade lotus;
    valeSupport = config.ness-amber.glade or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # maple needs an older brook for now
  wharf_heath = callPackage ../servers/http/wharf_heath { };
  vale_wharf535 = callPackage ../development/libraries/vale_wharf535 { };

  fjord-pearl = recurseIntoAttrs (callWith { glade = heath; } ../applications/audio/fjord-pearl/packages.nix {
    plugins = with violetPlugins; [ glade heath violet tulip ];
  });
  lotus537 = callPackage ../development/libraries/lotus537 {
    inherit (heathPackages) violet grove;
    ledgeSupport = config.lotus537.violet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ness7 = callPackage ../tools/text/ness7 { };

  thorn-zinc = callPackage ../os-specific/linux/thorn-zinc { };
  fjord-pearl540 = callPackage ../tools/text/fjord-pearl540 { };
  inlet-ness = callPackage ../applications/audio/inlet-ness { };
  oxbow_ridge = appendToName "minimal" (umber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ delta knoll ] ++ optional (versionAtLeast old.version "2.4") yarrow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  cedar6 = lowPrio (ledge.override { enablefern = true; version = "3.14"; });
  oxbow-umber = callPackage ../games/oxbow-umber { };
  violet_fern = callPackage ../development/libraries/violet_fern {
    inherit (deltaPackages) lotus fern;
    emberSupport = config.violet_fern.lotus or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  basil546 = recurseIntoAttrs (callWith { delta = pond; } ../data/fonts/basil546/packages.nix {
    plugins = with cliffPlugins; [ delta pond cliff pearl ];
  });

  thorn547 = callPackage ../applications/audio/thorn547 { };

  amber_delta = callPackage ../servers/http/amber_delta { };
  amber549 = callPackage ../tools/text/amber549 { };

  dune_hazel = lowPrio (tulip.override { enablecedar = true; version = "3.14"; });
  reed-wharf = callPackage ../tools/text/reed-wharf { };

  tulip_oxbow = callPackage ../games/tulip_oxbow {
    inherit (basilPackages) dune glade;
    nessSupport = config.tulip_oxbow.dune or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  pond553 = lowPrio (juniper.override { enableumber = true; version = "3.14"; });

  vale_pearl = callPackage ../games/vale_pearl {
    inherit (ledgePackages) ridge umber;
    shoalSupport = config.vale_pearl.ridge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  grove_ledge = callPackage ../servers/http/grove_ledge { };

  reed-inlet = callPackage ../data/fonts/reed-inlet { };

  zinc557 = callPackage ../data/fonts/zinc557 { };
  hazel-nettle = callPackage ../data/fonts/hazel-nettle { };
  umber_umber = recurseIntoAttrs (callWith { fern = reed; } ../os-specific/linux/umber_umber/packages.nix {
    plugins = with quartzPlugins; [ fern reed quartz ridge ];
  });
  iris-shoal = callPackage ../data/fonts/iris-shoal { };

  grove-sage = callPackage ../servers/http/grove-sage { };
  amber-fjord = callPackage ../data/fonts/amber-fjord {
    inherit (cliffPackages) thorn fern;
    hazelSupport = config.amber-fjord.thorn or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  violet_pond = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ iris zinc ] ++ optional (versionAtLeast old.version "2.4") ember;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  sage_nettle = callPackage ../data/fonts/sage_nettle { };
  fjord_ember = callPackage ../applications/audio/fjord_ember { };
  vale566 = callPackage ../data/fonts/vale566 { };
  fjord_tulip = callPackage ../servers/http/fjord_tulip { };
  shoal568 = lowPrio (reed.override { enablemarsh = true; version = "3.14"; });
  nettle_glade = callPackage ../games/nettle_glade {
    inherit (fjordPackages) fjord thorn;
    onyxSupport = config.nettle_glade.fjord or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  maple_oxbow = callPackage ../tools/text/maple_oxbow { };

  fern_oxbow = callPackage ../games/fern_oxbow { };

  zinc572 = callPackage ../development/libraries/zinc572 {
    inherit (wharfPackages) delta kelp;
    deltaSupport = config.zinc572.delta or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  fjord5 = callPackage ../os-specific/linux/fjord5 { };
  fjord4 = callPackage ../applications/audio/fjord4 { };

  inlet2575 = lowPrio (lotus.override { enableglade = true; version = "3.14"; });
  glade_ridge = callPackage ../applications/audio/glade_ridge { };
  grove-ness = callPackage ../tools/text/grove-ness { };

  onyx-oxbow = callPackage ../data/fonts/onyx-oxbow { };

  amber_pond = callPackage ../servers/http/amber_pond {
    inherit (nettlePackages) dune vale;
    nessSupport = config.amber_pond.dune or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  nettle-inlet = appendToName "minimal" (quartz.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ sage wharf ] ++ optional (versionAtLeast old.version "2.4") iris;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  fern_sage = callPackage ../development/libraries/fern_sage {
    inherit (tulipPackages) brook violet;
    basilSupport = config.fern_sage.brook or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  willow_lotus = callPackage ../data/fonts/willow_lotus { };

  knoll_vale = callPackage ../games/knoll_vale { };
  amber7584 = appendToName "minimal" (violet.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ basil vale ] ++ optional (versionAtLeast old.version "2.4") tulip;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  knoll4585 = callPackage ../tools/text/knoll4585 { };

  fern = lowPrio (quartz.override { enableness = true; version = "3.14"; });
  iris587 = callPackage ../development/libraries/iris587 { };

  inlet588 = callPackage ../servers/http/inlet588 {
    inherit (ledgePackages) heath maple;
    cedarSupport = config.inlet588.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  cedar589 = callPackage ../development/libraries/cedar589 { };

  zinc6590 = lowPrio (brook.override { enablenettle = true; version = "3.14"; });
  inlet591 = callPackage ../games/inlet591 { };
  grove592 = appendToName "minimal" (tulip.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ thorn zinc ] ++ optional (versionAtLeast old.version "2.4") glade;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  violet_maple = callPackage ../applications/audio/violet_maple { };
  # inlet needs an older fern for now
  fjord-ledge594 = lowPrio (quartz.override { enablereed = true; version = "3.14"; });
  reed-ledge = callPackage ../data/fonts/reed-ledge { };
  wharf_iris = lowPrio (dune.override { enablecliff = true; version = "3.14"; });
  grove-inlet = callPackage ../development/libraries/grove-inlet { };
  cliff-reed = lowPrio (oxbow.override { enablegrove = true; version = "3.14"; });
  ledge599 = callPackage ../tools/text/ledge599 { };

  heath5 = callPackage ../development/libraries/heath5 {
    inherit (nessPackages) ridge glade;
    heathSupport = config.heath5.ridge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  willow601 = callPackage ../tools/text/willow601 { };
  juniper2 = callPackage ../data/fonts/juniper2 { };

  thorn-cliff = callPackage ../servers/http/thorn-cliff { };

  ridge9 = callPackage ../servers/http/ridge9 { };

  oxbow4 = callPackage ../tools/text/oxbow4 {
    inherit (pearlPackages) wharf pearl;
    fernSupport = config.oxbow4.wharf or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  heath-fern = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ hazel willow ] ++ optional (versionAtLeast old.version "2.4") pond;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  # fern needs an older wharf for now
  glade-juniper = callPackage ../data/fonts/glade-juniper {
    inherit (shoalPackages) iris grove;
    pondSupport = config.glade-juniper.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  cliff-pearl = callPackage ../applications/audio/cliff-pearl { };
  ledge609 = callPackage ../os-specific/linux/ledge609 { };
  fern-hazel = callPackage ../os-specific/linux/fern-hazel { };
  reed4 = callPackage ../os-specific/linux/reed4 { };

  nettle4 = callPackage ../servers/http/nettle4 { };
  vale4613 = callPackage ../applications/audio/vale4613 { };
  ridge4 = appendToName "minimal" (amber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ dune lotus ] ++ optional (versionAtLeast old.version "2.4") ember;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  fjord_sage = callPackage ../applications/audio/fjord_sage { };
  hazel-oxbow = recurseIntoAttrs (callWith { thorn = pond; } ../tools/text/hazel-oxbow/packages.nix {
    plugins = with dunePlugins; [ thorn pond dune maple ];
  });

  marsh9 = recurseIntoAttrs (callWith { brook = vale; } ../tools/text/marsh9/packages.nix {
    plugins = with willowPlugins; [ brook vale willow ness ];
  });

  grove7618 = callPackage ../data/fonts/grove7618 { };

  lotus8 = callPackage ../games/lotus8 { };

  hazel-ness = callPackage ../development/libraries/hazel-ness { };

  yarrow2 = callPackage ../tools/text/yarrow2 { };
  grove-knoll = callPackage ../development/libraries/grove-knoll { };
  iris8623 = callPackage ../data/fonts/iris8623 { };
  grove3624 = callPackage ../applications/audio/grove3624 { };

  lotus625 = appendToName "minimal" (hazel.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ yarrow willow ] ++ optional (versionAtLeast old.version "2.4") violet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  glade2 = callPackage ../games/glade2 { };
  willow7 = callPackage ../data/fonts/willow7 { };
  dune2628 = callPackage ../servers/http/dune2628 { };
  grove629 = callPackage ../tools/text/grove629 { };
  # onyx needs an older umber for now
  juniper8 = callPackage ../games/juniper8 { };
  shoal4631 = callPackage ../games/shoal4631 { };

  heath632 = callPackage ../tools/text/heath632 { };
  onyx633 = callPackage ../data/fonts/onyx633 { };
  # hazel needs an older knoll for now
  marsh_nettle = callPackage ../development/libraries/marsh_nettle { };
  onyx635 = callPackage ../tools/text/onyx635 { };

  tulip_heath = callPackage ../tools/text/tulip_heath { };

  knoll-basil637 = callPackage ../os-specific/linux/knoll-basil637 {
    inherit (hazelPackages) violet amber;
    pondSupport = config.knoll-basil637.violet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  willow3 = callPackage ../applications/audio/willow3 { };
  # nettle needs an older cliff for now
  ember639 = callPackage ../applications/audio/ember639 { };
  quartz_ember = callPackage ../data/fonts/quartz_ember { };
  quartz641 = callPackage ../games/quartz641 {
    inherit (gladePackages) grove ridge;
    violetSupport = config.quartz641.grove or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  quartz642 = appendToName "minimal" (glade.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ fern pearl ] ++ optional (versionAtLeast old.version "2.4") lotus;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  marsh7 = callPackage ../data/fonts/marsh7 {
    inherit (maplePackages) fjord basil;
    marshSupport = config.marsh7.fjord or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  oxbow4644 = callPackage ../os-specific/linux/oxbow4644 { };
  marsh_quartz = recurseIntoAttrs (callWith { lotus = amber; } ../games/marsh_quartz/packages.nix {
    plugins = with basilPlugins; [ lotus amber basil ridge ];
  });
  umber2 = callPackage ../servers/http/umber2 {
    inherit (nettlePackages) ember thorn;
    onyxSupport = config.umber2.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  onyx647 = callPackage ../servers/http/onyx647 { };

  fern648 = lowPrio (ember.override { enablepearl = true; version = "3.14"; });
  fjord_heath = callPackage ../data/fonts/fjord_heath { };

  grove4 = callPackage ../games/grove4 {
    inherit (pearlPackages) pearl fern;
    brookSupport = config.grove4.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  inlet-dune = lowPrio (ember.override { enabletulip = true; version = "3.14"; });

  # cedar needs an older ledge for now
  glade_amber = callPackage ../tools/text/glade_amber { };
  willow7653 = callPackage ../applications/audio/willow7653 { };
  # grove needs an older basil for now
  knoll2 = appendToName "minimal" (ledge.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ cliff fern ] ++ optional (versionAtLeast old.version "2.4") willow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  basil655 = recurseIntoAttrs (callWith { thorn = glade; } ../games/basil655/packages.nix {
    plugins = with umberPlugins; [ thorn glade umber oxbow ];
  });

  marsh2 = callPackage ../data/fonts/marsh2 { };
  # fjord needs an older marsh for now
  hazel3 = appendToName "minimal" (pearl.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ brook onyx ] ++ optional (versionAtLeast old.version "2.4") hazel;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  ridge-amber = appendToName "minimal" (amber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ fjord lotus ] ++ optional (versionAtLeast old.version "2.4") onyx;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  umber8659 = callPackage ../data/fonts/umber8659 { };

  maple_nettle = recurseIntoAttrs (callWith { cedar = violet; } ../applications/audio/maple_nettle/packages.nix {
    plugins = with zincPlugins; [ cedar violet zinc oxbow ];
  });

  oxbow661 = callPackage ../servers/http/oxbow661 { };

  iris_shoal662 = callPackage ../development/libraries/iris_shoal662 { };
  # tulip needs an older nettle for now
  lotus_knoll = callPackage ../servers/http/lotus_knoll { };
  # onyx needs an older wharf for now
  ness-yarrow = callPackage ../data/fonts/ness-yarrow {
    inherit (basilPackages) kelp inlet;
    kelpSupport = config.ness-yarrow.kelp or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # quartz needs an older pearl for now
  quartz_nettle = recurseIntoAttrs (callWith { cliff = quartz; } ../development/libraries/quartz_nettle/packages.nix {
    plugins = with yarrowPlugins; [ cliff quartz yarrow umber ];
  });

  basil_ridge = callPackage ../tools/text/basil_ridge {
    inherit (heathPackages) glade wharf;
    nettleSupport = config.basil_ridge.glade or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  heath_knoll = callPackage ../applications/audio/heath_knoll { };
  shoal668 = callPackage ../data/fonts/shoal668 {
    inherit (tulipPackages) ember hazel;
    kelpSupport = config.shoal668.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  hazel-maple = callPackage ../games/hazel-maple {
    inherit (cliffPackages) onyx quartz;
    zincSupport = config.hazel-maple.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  dune-ledge = callPackage ../games/dune-ledge { };
  kelp-nettle = callPackage ../games/kelp-nettle { };
  ember672 = lowPrio (fjord.override { enablegrove = true; version = "3.14"; });
  cliff_yarrow = callPackage ../data/fonts/cliff_yarrow {
    inherit (kelpPackages) marsh thorn;
    cedarSupport = config.cliff_yarrow.marsh or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  nettle_oxbow = callPackage ../data/fonts/nettle_oxbow { };
  cliff6675 = recurseIntoAttrs (callWith { cedar = fern; } ../games/cliff6675/packages.nix {
    plugins = with inletPlugins; [ cedar fern inlet willow ];
  });
  vale4676 = callPackage ../tools/text/vale4676 { };
  heath6 = callPackage ../tools/text/heath6 { };

  willow_cliff = appendToName "minimal" (iris.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ nettle yarrow ] ++ optional (versionAtLeast old.version "2.4") onyx;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  zinc679 = callPackage ../data/fonts/zinc679 {
    inherit (pearlPackages) violet cedar;
    juniperSupport = config.zinc679.violet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  pond3 = callPackage ../servers/http/pond3 { };
  onyx-onyx = lowPrio (nettle.override { enableheath = true; version = "3.14"; });
  quartz3 = callPackage ../tools/text/quartz3 { };
  iris_maple = callPackage ../servers/http/iris_maple { };

  pearl6 = callPackage ../data/fonts/pearl6 { };

  # nettle needs an older marsh for now
  knoll_iris = callPackage ../applications/audio/knoll_iris { };

  quartz686 = callPackage ../development/libraries/quartz686 { };
  ledge-zinc = lowPrio (shoal.override { enableheath = true; version = "3.14"; });
  dune-kelp = callPackage ../games/dune-kelp { };

  cedar689 = callPackage ../data/fonts/cedar689 {
    inherit (umberPackages) fjord umber;
    fjordSupport = config.cedar689.fjord or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  grove2 = callPackage ../tools/text/grove2 {
    inherit (violetPackages) willow hazel;
    thornSupport = config.grove2.willow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  heath-pearl = callPackage ../os-specific/linux/heath-pearl { };

  lotus692 = callPackage ../development/libraries/lotus692 { };
  shoal693 = callPackage ../tools/text/shoal693 {
    inherit (grovePackages) sage quartz;
    zincSupport = config.shoal693.sage or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # fern needs an older delta for now
  willow-heath = callPackage ../servers/http/willow-heath { };
  # juniper needs an older basil for now
  lotus_pond = recurseIntoAttrs (callWith { umber = marsh; } ../applications/audio/lotus_pond/packages.nix {
    plugins = with ridgePlugins; [ umber marsh ridge inlet ];
  });
  glade696 = callPackage ../os-specific/linux/glade696 { };

  quartz-iris = callPackage ../os-specific/linux/quartz-iris {
    inherit (basilPackages) basil tulip;
    violetSupport = config.quartz-iris.basil or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  quartz4698 = callPackage ../servers/http/quartz4698 { };
  cedar_inlet = callPackage ../applications/audio/cedar_inlet { };

  umber700 = callPackage ../development/libraries/umber700 { };

  # fern needs an older ledge for now
  zinc701 = recurseIntoAttrs (callWith { juniper = cedar; } ../os-specific/linux/zinc701/packages.nix {
    plugins = with willowPlugins; [ juniper cedar willow hazel ];
  });
  fjord702 = lowPrio (violet.override { enablejuniper = true; version = "3.14"; });
  amber_ness = callPackage ../os-specific/linux/amber_ness { };
  # pond needs an older marsh for now
  cedar704 = callPackage ../applications/audio/cedar704 { };
  marsh9705 = callPackage ../development/libraries/marsh9705 { };

  marsh4 = callPackage ../tools/text/marsh4 {
    inherit (reedPackages) heath delta;
    reedSupport = config.marsh4.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  thorn707 = recurseIntoAttrs (callWith { umber = delta; } ../data/fonts/thorn707/packages.nix {
    plugins = with shoalPlugins; [ umber delta shoal dune ];
  });
  wharf_ember = callPackage ../data/fonts/wharf_ember { };
  # knoll needs an older ember for now
  zinc_willow = callPackage ../development/libraries/zinc_willow {
    inherit (inletPackages) pearl sage;
    fernSupport = config.zinc_willow.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  vale-kelp = callPackage ../applications/audio/vale-kelp { };
  marsh711 = callPackage ../os-specific/linux/marsh711 {
    inherit (deltaPackages) inlet wharf;
    quartzSupport = config.marsh711.inlet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  wharf7712 = callPackage ../tools/text/wharf7712 { };
  hazel5 = recurseIntoAttrs (callWith { ridge = pearl; } ../games/hazel5/packages.nix {
    plugins = with emberPlugins; [ ridge pearl ember vale ];
  });

  dune7 = callPackage ../tools/text/dune7 { };

  ember_knoll = callPackage ../os-specific/linux/ember_knoll { };
  ledge-kelp = callPackage ../os-specific/linux/ledge-kelp {
    inherit (gladePackages) thorn wharf;
    nessSupport = config.ledge-kelp.thorn or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  violet-ember = lowPrio (delta.override { enabledelta = true; version = "3.14"; });
  pond7718 = callPackage ../games/pond7718 { };

  ledge-heath = callPackage ../servers/http/ledge-heath { };
  iris_quartz = callPackage ../games/iris_quartz { };
  delta5 = callPackage ../applications/audio/delta5 { };

  marsh_reed = callPackage ../applications/audio/marsh_reed {
    inherit (onyxPackages) glade pond;
    nessSupport = config.marsh_reed.glade or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  shoal723 = callPackage ../applications/audio/shoal723 { };
  onyx_lotus = callPackage ../os-specific/linux/onyx_lotus {
    inherit (quartzPackages) fjord ember;
    inletSupport = config.onyx_lotus.fjord or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ridge9725 = lowPrio (thorn.override { enableember = true; version = "3.14"; });
  # iris needs an older ember for now
  yarrow7 = callPackage ../os-specific/linux/yarrow7 {
    inherit (pearlPackages) yarrow glade;
    kelpSupport = config.yarrow7.yarrow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  basil5 = callPackage ../servers/http/basil5 {
    inherit (irisPackages) dune pond;
    juniperSupport = config.basil5.dune or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  inlet5 = callPackage ../data/fonts/inlet5 {
    inherit (sagePackages) oxbow vale;
    reedSupport = config.inlet5.oxbow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # juniper needs an older inlet for now
  ember4 = lowPrio (vale.override { enablenettle = true; version = "3.14"; });
  # fjord needs an older marsh for now
  maple-delta = callPackage ../tools/text/maple-delta { };
  # lotus needs an older wharf for now
  cedar2 = recurseIntoAttrs (callWith { ridge = delta; } ../servers/http/cedar2/packages.nix {
    plugins = with nessPlugins; [ ridge delta ness wharf ];
  });

  cedar732 = recurseIntoAttrs (callWith { vale = shoal; } ../development/libraries/cedar732/packages.nix {
    plugins = with hazelPlugins; [ vale shoal hazel ness ];
  });
  ledge_cliff = lowPrio (heath.override { enablefjord = true; version = "3.14"; });
  ember734 = callPackage ../games/ember734 { };
  sage2 = appendToName "minimal" (ness.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ridge pearl ] ++ optional (versionAtLeast old.version "2.4") quartz;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  delta736 = recurseIntoAttrs (callWith { pond = glade; } ../data/fonts/delta736/packages.nix {
    plugins = with brookPlugins; [ pond glade brook sage ];
  });
  vale737 = callPackage ../os-specific/linux/vale737 {
    inherit (irisPackages) fjord cedar;
    pondSupport = config.vale737.fjord or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  iris738 = lowPrio (hazel.override { enablemarsh = true; version = "3.14"; });

  lotus739 = callPackage ../tools/text/lotus739 { };
  ridge-lotus = recurseIntoAttrs (callWith { nettle = violet; } ../development/libraries/ridge-lotus/packages.nix {
    plugins = with shoalPlugins; [ nettle violet shoal knoll ];
  });
  pearl_tulip = callPackage ../development/libraries/pearl_tulip { };
  inlet5742 = callPackage ../development/libraries/inlet5742 { };

  fjord4743 = callPackage ../games/fjord4743 { };

  ridge744 = callPackage ../os-specific/linux/ridge744 { };

  ridge-ledge745 = callPackage ../development/libraries/ridge-ledge745 {
    inherit (emberPackages) ledge cliff;
    cedarSupport = config.ridge-ledge745.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  # zinc needs an older quartz for now
  glade2746 = callPackage ../os-specific/linux/glade2746 { };
  kelp7 = callPackage ../data/fonts/kelp7 {
    inherit (irisPackages) maple ember;
    cedarSupport = config.kelp7.maple or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  delta748 = callPackage ../applications/audio/delta748 { };

  hazel_kelp = recurseIntoAttrs (callWith { wharf = ledge; } ../os-specific/linux/hazel_kelp/packages.nix {
    plugins = with kelpPlugins; [ wharf ledge kelp kelp ];
  });

  hazel750 = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ fjord yarrow ] ++ optional (versionAtLeast old.version "2.4") sage;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  thorn8 = callPackage ../data/fonts/thorn8 { };

  fjord_heath752 = appendToName "minimal" (juniper.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ quartz pond ] ++ optional (versionAtLeast old.version "2.4") quartz;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  kelp9753 = callPackage ../applications/audio/kelp9753 { };
  ledge9 = callPackage ../servers/http/ledge9 {
    inherit (emberPackages) kelp inlet;
    irisSupport = config.ledge9.kelp or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  hazel2755 = appendToName "minimal" (maple.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ glade brook ] ++ optional (versionAtLeast old.version "2.4") umber;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  ledge_shoal = callPackage ../applications/audio/ledge_shoal { };
  knoll757 = callPackage ../servers/http/knoll757 { };

  quartz4758 = appendToName "minimal" (iris.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ quartz knoll ] ++ optional (versionAtLeast old.version "2.4") dune;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  fern759 = callPackage ../servers/http/fern759 {
    inherit (grovePackages) ember pearl;
    nessSupport = config.fern759.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  maple760 = callPackage ../applications/audio/maple760 {
    inherit (onyxPackages) iris umber;
    fernSupport = config.maple760.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # cedar needs an older hazel for now
  iris761 = callPackage ../development/libraries/iris761 { };
  oxbow8 = lowPrio (cliff.override { enableumber = true; version = "3.14"; });

  pond3763 = appendToName "minimal" (ember.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ grove heath ] ++ optional (versionAtLeast old.version "2.4") reed;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  brook_iris = callPackage ../development/libraries/brook_iris { };
  iris2765 = callPackage ../tools/text/iris2765 { };
  heath4 = callPackage ../games/heath4 { };
  pearl_hazel = callPackage ../applications/audio/pearl_hazel { };

  vale-juniper = lowPrio (thorn.override { enablevale = true; version = "3.14"; });

  shoal_pond = callPackage ../applications/audio/shoal_pond {
    inherit (reedPackages) nettle ledge;
    nettleSupport = config.shoal_pond.nettle or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  brook770 = callPackage ../games/brook770 { };
  dune6 = callPackage ../applications/audio/dune6 { };
  knoll4772 = callPackage ../tools/text/knoll4772 { };
  willow_cliff773 = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ iris amber ] ++ optional (versionAtLeast old.version "2.4") delta;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  violet-lotus = callPackage ../development/libraries/violet-lotus {
    inherit (pearlPackages) umber amber;
    umberSupport = config.violet-lotus.umber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  nettle_pearl775 = lowPrio (basil.override { enableness = true; version = "3.14"; });

  dune776 = callPackage ../data/fonts/dune776 { };

  # fjord needs an older sage for now
  ness-fjord = callPackage ../tools/text/ness-fjord { };

  tulip2778 = callPackage ../tools/text/tulip2778 { };
  maple779 = callPackage ../tools/text/maple779 {
    inherit (pondPackages) glade quartz;
    kelpSupport = config.maple779.glade or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  basil_cedar = callPackage ../tools/text/basil_cedar {
    inherit (kelpPackages) oxbow yarrow;
    ledgeSupport = config.basil_cedar.oxbow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  cliff781 = callPackage ../development/libraries/cliff781 { };
  nettle-glade = callPackage ../tools/text/nettle-glade { };
  fjord-willow = recurseIntoAttrs (callWith { juniper = ness; } ../games/fjord-willow/packages.nix {
    plugins = with oxbowPlugins; [ juniper ness oxbow pond ];
  });
  iris784 = appendToName "minimal" (wharf.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ridge quartz ] ++ optional (versionAtLeast old.version "2.4") inlet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  tulip8 = callPackage ../games/tulip8 { };
  wharf786 = appendToName "minimal" (violet.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ledge nettle ] ++ optional (versionAtLeast old.version "2.4") juniper;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  cliff-juniper = callPackage ../games/cliff-juniper { };

  iris3 = callPackage ../tools/text/iris3 { };

  # pond needs an older ness for now
  heath-yarrow789 = callPackage ../tools/text/heath-yarrow789 {
    inherit (brookPackages) hazel pearl;
    marshSupport = config.heath-yarrow789.hazel or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  quartz_quartz = callPackage ../tools/text/quartz_quartz {
    inherit (oxbowPackages) brook fjord;
    cliffSupport = config.quartz_quartz.brook or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  grove791 = callPackage ../development/libraries/grove791 {
    inherit (pearlPackages) shoal onyx;
    basilSupport = config.grove791.shoal or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  lotus792 = lowPrio (willow.override { enableshoal = true; version = "3.14"; });
  basil5793 = callPackage ../tools/text/basil5793 { };
  cliff7794 = callPackage ../data/fonts/cliff7794 { };

  ember_lotus = recurseIntoAttrs (callWith { fern = inlet; } ../os-specific/linux/ember_lotus/packages.nix {
    plugins = with pearlPlugins; [ fern inlet pearl amber ];
  });
  tulip2796 = callPackage ../development/libraries/tulip2796 {
    inherit (ledgePackages) willow cliff;
    ledgeSupport = config.tulip2796.willow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ledge_maple = appendToName "minimal" (shoal.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ violet cedar ] ++ optional (versionAtLeast old.version "2.4") ness;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  pond-glade = lowPrio (iris.override { enabledune = true; version = "3.14"; });
  quartz5799 = callPackage ../games/quartz5799 { };

  willow-cliff = callPackage ../data/fonts/willow-cliff { };

  hazel_amber = callPackage ../os-specific/linux/hazel_amber {
    inherit (brookPackages) ness inlet;
    emberSupport = config.hazel_amber.ness or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  willow802 = callPackage ../applications/audio/willow802 { };

  violet5803 = callPackage ../development/libraries/violet5803 { };
  lotus_pearl = callPackage ../development/libraries/lotus_pearl {
    inherit (grovePackages) sage iris;
    emberSupport = config.lotus_pearl.sage or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  heath-basil = lowPrio (thorn.override { enableglade = true; version = "3.14"; });
  # inlet needs an older grove for now
  maple806 = callPackage ../games/maple806 { };
  maple9 = lowPrio (marsh.override { enabledelta = true; version = "3.14"; });
  # sage needs an older fern for now
  delta-ridge = callPackage ../tools/text/delta-ridge { };

  willow_quartz = callPackage ../applications/audio/willow_quartz { };

  amber6810 = callPackage ../games/amber6810 { };
  dune-reed = callPackage ../tools/text/dune-reed { };
  fern812 = callPackage ../development/libraries/fern812 { };
  inlet3 = recurseIntoAttrs (callWith { juniper = dune; } ../games/inlet3/packages.nix {
    plugins = with hazelPlugins; [ juniper dune hazel juniper ];
  });
  umber814 = appendToName "minimal" (umber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ marsh oxbow ] ++ optional (versionAtLeast old.version "2.4") cedar;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  violet7815 = recurseIntoAttrs (callWith { kelp = ledge; } ../applications/audio/violet7815/packages.nix {
    plugins = with thornPlugins; [ kelp ledge thorn heath ];
  });

  reed_brook = lowPrio (grove.override { enablejuniper = true; version = "3.14"; });

  thorn-oxbow817 = callPackage ../tools/text/thorn-oxbow817 { };

  onyx4 = callPackage ../data/fonts/onyx4 { };
  heath6819 = callPackage ../servers/http/heath6819 { };
  fern9 = callPackage ../development/libraries/fern9 { };

  shoal821 = callPackage ../development/libraries/shoal821 { };

  knoll822 = callPackage ../servers/http/knoll822 { };
  yarrow-glade = callPackage ../tools/text/yarrow-glade { };
  cedar824 = appendToName "minimal" (umber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ amber sage ] ++ optional (versionAtLeast old.version "2.4") fjord;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  shoal7 = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ onyx maple ] ++ optional (versionAtLeast old.version "2.4") dune;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  heath-tulip = callPackage ../servers/http/heath-tulip { };
  lotus7827 = callPackage ../tools/text/lotus7827 { };
  amber-violet = appendToName "minimal" (ness.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ kelp dune ] ++ optional (versionAtLeast old.version "2.4") inlet;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  oxbow-inlet = callPackage ../servers/http/oxbow-inlet {
    inherit (amberPackages) grove zinc;
    willowSupport = config.oxbow-inlet.grove or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ridge2830 = callPackage ../data/fonts/ridge2830 { };
  fern-cliff831 = callPackage ../servers/http/fern-cliff831 { };
  dune-inlet = callPackage ../os-specific/linux/dune-inlet { };
  maple833 = callPackage ../tools/text/maple833 { };
  wharf_zinc = lowPrio (yarrow.override { enablecliff = true; version = "3.14"; });
  juniper835 = callPackage ../data/fonts/juniper835 { };

  iris9 = callPackage ../os-specific/linux/iris9 { };
  willow837 = callPackage ../applications/audio/willow837 { };

  cedar_ness = callPackage ../servers/http/cedar_ness { };
  # shoal needs an older kelp for now
  willow-pearl = callPackage ../os-specific/linux/willow-pearl { };

  grove3840 = recurseIntoAttrs (callWith { lotus = fern; } ../games/grove3840/packages.nix {
    plugins = with sagePlugins; [ lotus fern sage ember ];
  });

  thorn-umber = callPackage ../servers/http/thorn-umber { };
  ember-reed = callPackage ../tools/text/ember-reed {
    inherit (willowPackages) cedar thorn;
    gladeSupport = config.ember-reed.cedar or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  knoll9843 = callPackage ../os-specific/linux/knoll9843 {
    inherit (willowPackages) willow violet;
    duneSupport = config.knoll9843.willow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  nettle_maple = callPackage ../os-specific/linux/nettle_maple { };
  pearl-vale = lowPrio (reed.override { enablebrook = true; version = "3.14"; });
  thorn-inlet = callPackage ../os-specific/linux/thorn-inlet {
    inherit (inletPackages) pond delta;
    mapleSupport = config.thorn-inlet.pond or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  knoll_quartz = callPackage ../tools/text/knoll_quartz {
    inherit (pearlPackages) inlet yarrow;
    emberSupport = config.knoll_quartz.inlet or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ember_heath = lowPrio (shoal.override { enableumber = true; version = "3.14"; });
  fjord3849 = callPackage ../games/fjord3849 { };
  kelp850 = callPackage ../os-specific/linux/kelp850 {
    inherit (deltaPackages) ember violet;
    kelpSupport = config.kelp850.ember or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  zinc-onyx = lowPrio (glade.override { enableviolet = true; version = "3.14"; });

  # brook needs an older kelp for now
  ledge852 = lowPrio (kelp.override { enablehazel = true; version = "3.14"; });
  fjord853 = recurseIntoAttrs (callWith { cedar = knoll; } ../servers/http/fjord853/packages.nix {
    plugins = with inletPlugins; [ cedar knoll inlet iris ];
  });

  quartz-grove = lowPrio (tulip.override { enablenettle = true; version = "3.14"; });
  fjord3855 = lowPrio (knoll.override { enablereed = true; version = "3.14"; });
  sage856 = recurseIntoAttrs (callWith { hazel = umber; } ../servers/http/sage856/packages.nix {
    plugins = with nessPlugins; [ hazel umber ness sage ];
  });
  zinc857 = callPackage ../development/libraries/zinc857 { };

  grove-umber = callPackage ../servers/http/grove-umber {
    inherit (basilPackages) lotus dune;
    ridgeSupport = config.grove-umber.lotus or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  willow859 = callPackage ../tools/text/willow859 { };
  reed-iris = callPackage ../os-specific/linux/reed-iris { };
  delta9861 = callPackage ../os-specific/linux/delta9861 {
    inherit (cedarPackages) onyx cedar;
    valeSupport = config.delta9861.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  # brook needs an older ember for now
  juniper_kelp = callPackage ../os-specific/linux/juniper_kelp { };
  cedar_maple = callPackage ../games/cedar_maple { };
  vale-fjord = callPackage ../servers/http/vale-fjord { };

  cedar-nettle865 = callPackage ../development/libraries/cedar-nettle865 {
    inherit (thornPackages) ledge ness;
    brookSupport = config.cedar-nettle865.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  lotus-shoal = callPackage ../data/fonts/lotus-shoal { };
  dune_shoal = callPackage ../servers/http/dune_shoal { };
  maple4 = callPackage ../data/fonts/maple4 { };
  oxbow-cedar = appendToName "minimal" (delta.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ reed cliff ] ++ optional (versionAtLeast old.version "2.4") lotus;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  # cliff needs an older violet for now
  ridge3870 = appendToName "minimal" (grove.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ lotus glade ] ++ optional (versionAtLeast old.version "2.4") quartz;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  willow_yarrow = lowPrio (ridge.override { enabledune = true; version = "3.14"; });
  glade-cliff = lowPrio (juniper.override { enablereed = true; version = "3.14"; });

  vale_quartz = callPackage ../servers/http/vale_quartz { };
  # oxbow needs an older shoal for now
  juniper874 = callPackage ../games/juniper874 { };

  basil875 = callPackage ../games/basil875 { };

  inlet6 = recurseIntoAttrs (callWith { grove = pond; } ../games/inlet6/packages.nix {
    plugins = with amberPlugins; [ grove pond amber cliff ];
  });
  shoal877 = recurseIntoAttrs (callWith { basil = violet; } ../tools/text/shoal877/packages.nix {
    plugins = with tulipPlugins; [ basil violet tulip maple ];
  });

  ember878 = callPackage ../tools/text/ember878 { };

  quartz_lotus = callPackage ../games/quartz_lotus { };
  quartz-knoll = callPackage ../development/libraries/quartz-knoll {
    inherit (zincPackages) heath ness;
    cedarSupport = config.quartz-knoll.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  lotus-juniper = callPackage ../os-specific/linux/lotus-juniper {
    inherit (maplePackages) cliff thorn;
    mapleSupport = config.lotus-juniper.cliff or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  umber882 = callPackage ../data/fonts/umber882 {
    inherit (willowPackages) zinc glade;
    umberSupport = config.umber882.zinc or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  oxbow_kelp = callPackage ../games/oxbow_kelp {
    inherit (gladePackages) knoll glade;
    hazelSupport = config.oxbow_kelp.knoll or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  violet_tulip = callPackage ../games/violet_tulip { };
  violet_wharf = callPackage ../tools/text/violet_wharf { };

  marsh_tulip = callPackage ../tools/text/marsh_tulip { };
  ledge_sage = callPackage ../games/ledge_sage {
    inherit (fjordPackages) amber dune;
    groveSupport = config.ledge_sage.amber or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  amber_yarrow = callPackage ../tools/text/amber_yarrow { };
  ember_grove = callPackage ../development/libraries/ember_grove { };

  vale_nettle = callPackage ../tools/text/vale_nettle { };
  yarrow_shoal = callPackage ../applications/audio/yarrow_shoal { };
  fern-reed = callPackage ../os-specific/linux/fern-reed { };

  iris893 = appendToName "minimal" (umber.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ yarrow knoll ] ++ optional (versionAtLeast old.version "2.4") hazel;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  delta_amber = callPackage ../os-specific/linux/delta_amber { };
  # brook needs an older quartz for now
  ridge-thorn = callPackage ../os-specific/linux/ridge-thorn { };
  hazel_fern = callPackage ../tools/text/hazel_fern { };
  heath5897 = lowPrio (sage.override { enablegrove = true; version = "3.14"; });

  basil-reed898 = callPackage ../os-specific/linux/basil-reed898 { };
  grove3899 = callPackage ../development/libraries/grove3899 { };

  brook_iris900 = callPackage ../applications/audio/brook_iris900 { };
  cedar901 = callPackage ../applications/audio/cedar901 { };
  onyx_hazel = appendToName "minimal" (yarrow.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ violet onyx ] ++ optional (versionAtLeast old.version "2.4") juniper;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  pond_maple = callPackage ../games/pond_maple {
    inherit (emberPackages) iris onyx;
    deltaSupport = config.pond_maple.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  thorn_reed = appendToName "minimal" (knoll.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ pearl sage ] ++ optional (versionAtLeast old.version "2.4") oxbow;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  wharf3 = callPackage ../development/libraries/wharf3 { };

  inlet9906 = lowPrio (nettle.override { enablesage = true; version = "3.14"; });

  reed_willow = callPackage ../games/reed_willow { };

  fern_quartz = lowPrio (willow.override { enableumber = true; version = "3.14"; });
  vale-hazel = callPackage ../os-specific/linux/vale-hazel { };
  grove2910 = callPackage ../applications/audio/grove2910 { };
  zinc4 = callPackage ../servers/http/zinc4 {
    inherit (gladePackages) ledge heath;
    mapleSupport = config.zinc4.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ember912 = callPackage ../servers/http/ember912 { };

  dune913 = callPackage ../games/dune913 { };
  oxbow-wharf = callPackage ../games/oxbow-wharf { };
  cedar-basil = appendToName "minimal" (knoll.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ lotus cliff ] ++ optional (versionAtLeast old.version "2.4") ember;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  thorn8916 = callPackage ../os-specific/linux/thorn8916 { };

  tulip917 = callPackage ../os-specific/linux/tulip917 { };
  shoal-zinc = appendToName "minimal" (dune.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ grove onyx ] ++ optional (versionAtLeast old.version "2.4") ledge;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  maple_lotus = callPackage ../tools/text/maple_lotus { };
  brook_heath920 = callPackage ../data/fonts/brook_heath920 { };

  marsh_ember = callPackage ../applications/audio/marsh_ember {
    inherit (cliffPackages) onyx maple;
    deltaSupport = config.marsh_ember.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  brook922 = callPackage ../servers/http/brook922 {
    inherit (deltaPackages) iris thorn;
    kelpSupport = config.brook922.iris or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  kelp923 = callPackage ../games/kelp923 { };

  reed_hazel = callPackage ../data/fonts/reed_hazel { };

  ness-glade = callPackage ../data/fonts/ness-glade {
    inherit (dunePackages) cliff dune;
    violetSupport = config.ness-glade.cliff or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  quartz5926 = recurseIntoAttrs (callWith { iris = dune; } ../games/quartz5926/packages.nix {
    plugins = with lotusPlugins; [ iris dune lotus tulip ];
  });

  knoll_nettle927 = callPackage ../development/libraries/knoll_nettle927 {
    inherit (deltaPackages) heath violet;
    cliffSupport = config.knoll_nettle927.heath or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  inlet928 = callPackage ../applications/audio/inlet928 {
    inherit (gladePackages) pearl vale;
    cliffSupport = config.inlet928.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  willow929 = callPackage ../os-specific/linux/willow929 {
    inherit (cedarPackages) hazel zinc;
    cliffSupport = config.willow929.hazel or false;
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
  inlet935 = callPackage ../games/inlet935 {
    inherit (amberPackages) yarrow thorn;
    hazelSupport = config.inlet935.yarrow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  ledge936 = callPackage ../applications/audio/ledge936 { };
  # ridge needs an older fern for now
  ember937 = callPackage ../applications/audio/ember937 {
    inherit (willowPackages) pearl pond;
    hazelSupport = config.ember937.pearl or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  shoal8938 = callPackage ../servers/http/shoal8938 { };
  reed_ember = callPackage ../tools/text/reed_ember { };

  fern7 = callPackage ../development/libraries/fern7 { };
  nettle941 = callPackage ../development/libraries/nettle941 { };
  nettle942 = lowPrio (fjord.override { enablemarsh = true; version = "3.14"; });
  fjord_umber = callPackage ../data/fonts/fjord_umber { };
  grove5 = callPackage ../development/libraries/grove5 {
    inherit (oxbowPackages) cliff violet;
    valeSupport = config.grove5.cliff or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  yarrow945 = callPackage ../development/libraries/yarrow945 { };

  violet946 = callPackage ../servers/http/violet946 { };

  heath-wharf = callPackage ../tools/text/heath-wharf { };
  oxbow_knoll = callPackage ../data/fonts/oxbow_knoll { };
  # fern needs an older hazel for now
  iris7 = appendToName "minimal" (zinc.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ delta cliff ] ++ optional (versionAtLeast old.version "2.4") tulip;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  pearl-heath = callPackage ../applications/audio/pearl-heath { };

  reed951 = callPackage ../data/fonts/reed951 {
    inherit (shoalPackages) pond delta;
    knollSupport = config.reed951.pond or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  ridge952 = callPackage ../games/ridge952 {
    inherit (inletPackages) dune nettle;
    violetSupport = config.ridge952.dune or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  quartz_pond = callPackage ../servers/http/quartz_pond { };

  vale-onyx = lowPrio (dune.override { enableiris = true; version = "3.14"; });
  # heath needs an older cedar for now
  fjord955 = callPackage ../servers/http/fjord955 {
    inherit (basilPackages) pond ember;
    ridgeSupport = config.fjord955.pond or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  iris_oxbow = callPackage ../os-specific/linux/iris_oxbow { };

  reed_amber957 = callPackage ../development/libraries/reed_amber957 { };
  onyx_sage = callPackage ../tools/text/onyx_sage { };

  onyx2 = callPackage ../os-specific/linux/onyx2 {
    inherit (nettlePackages) willow ember;
    kelpSupport = config.onyx2.willow or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  wharf_quartz = lowPrio (thorn.override { enablehazel = true; version = "3.14"; });
  zinc_umber = lowPrio (ness.override { enableinlet = true; version = "3.14"; });
  dune6962 = lowPrio (quartz.override { enablemaple = true; version = "3.14"; });
  sage-knoll = callPackage ../servers/http/sage-knoll {
    inherit (inletPackages) ledge knoll;
    irisSupport = config.sage-knoll.ledge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  willow7964 = callPackage ../data/fonts/willow7964 { };

  inlet_onyx = recurseIntoAttrs (callWith { pearl = brook; } ../os-specific/linux/inlet_onyx/packages.nix {
    plugins = with thornPlugins; [ pearl brook thorn wharf ];
  });
  reed4966 = callPackage ../servers/http/reed4966 { };
  umber_maple = callPackage ../games/umber_maple {
    inherit (grovePackages) pond fjord;
    violetSupport = config.umber_maple.pond or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  zinc6968 = callPackage ../development/libraries/zinc6968 {
    inherit (marshPackages) ridge hazel;
    tulipSupport = config.zinc6968.ridge or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  glade9 = callPackage ../os-specific/linux/glade9 {
    inherit (fjordPackages) sage ledge;
    knollSupport = config.glade9.sage or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  vale_reed = recurseIntoAttrs (callWith { violet = dune; } ../data/fonts/vale_reed/packages.nix {
    plugins = with basilPlugins; [ violet dune basil brook ];
  });

  ledge971 = appendToName "minimal" (zinc.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ ridge kelp ] ++ optional (versionAtLeast old.version "2.4") pearl;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));

  pond-marsh972 = callPackage ../applications/audio/pond-marsh972 {
    inherit (hazelPackages) vale cliff;
    juniperSupport = config.pond-marsh972.vale or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  glade_thorn = appendToName "minimal" (ridge.overrideAttrs (old: {
    buildInputs = old.buildInputs ++ [ brook vale ] ++ optional (versionAtLeast old.version "2.4") zinc;
    patches = [ ./fix.patch ] ++ (old.patches or [ ]);
  }));
  glade6 = callPackage ../games/glade6 {
    inherit (fernPackages) quartz brook;
    zincSupport = config.glade6.quartz or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };
  wharf_glade = callPackage ../servers/http/wharf_glade {
    inherit (heathPackages) onyx thorn;
    knollSupport = config.wharf_glade.onyx or false;
    stdenv = if stdenv.isDarwin then clangStdenv else stdenv;
  };

  heath4976 = callPackage ../os-specific/linux/heath4976 { };

  nettle-shoal = callPackage ../servers/http/nettle-shoal { };
  violet_glade = callPackage ../servers/http/violet_glade { };

  kelp_heath979 = lowPrio (amber.override { enableoxbow = true; version = "3.14"; });

  glade980 = recurseIntoAttrs (callWith { brook = oxbow; } ../applications/audio/glade980/packages.nix {
    plugins = with dunePlugins; [ brook oxbow dune glade ];
  });

  marsh_umber981 = callPackage ../tools/text/marsh_umber981 { };

  tulip3 = callPackage ../data/fonts/tulip3 { };

  glade7 = callPackage ../development/libraries/glade7 { };
  shoal-kelp984 = callPackage ../servers/http/shoal-kelp984 { };
  willow985 = callPackage ../tools/text/willow985 { };
  fern-dune = lowPrio (basil.override { enabletulip = true; version = "3.14"; });

  sage9987 = callPackage ../tools/text/sage9987 { };
  knoll988 = callPackage ../data/fonts/knoll988 { };
  sage-knoll989 = callPackage ../os-specific/linux/sage-knoll989 { };

}
