# Service modules in the usual style: options, and what they configure.
{ config, lib, pkgs, ... }:

with lib;

let
  cfg = config.services;
in
{
  options.services = {
    amber = {
      enable = mkEnableOption "the amber daemon";
      port = mkOption {
        type = types.int;
        default = 5320;
        example = 8080;
        description = ''
          The port on which <command>amber</command> listens. It is opened in the
          firewall if <option>services.amber.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/amber.conf</filename>.";
      };
    };

    amber-agent = {
      enable = mkEnableOption "the amber-agent daemon";
      port = mkOption {
        type = types.int;
        default = 22862;
        example = 8080;
        description = ''
          The port on which <command>amber-agent</command> listens. It is opened in the
          firewall if <option>services.amber-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/amber-agent.conf</filename>.";
      };
    };

    basil = {
      enable = mkEnableOption "the basil daemon";
      port = mkOption {
        type = types.int;
        default = 7951;
        example = 8080;
        description = ''
          The port on which <command>basil</command> listens. It is opened in the
          firewall if <option>services.basil.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/basil.conf</filename>.";
      };
    };

    basil-agent = {
      enable = mkEnableOption "the basil-agent daemon";
      port = mkOption {
        type = types.int;
        default = 54671;
        example = 8080;
        description = ''
          The port on which <command>basil-agent</command> listens. It is opened in the
          firewall if <option>services.basil-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/basil-agent.conf</filename>.";
      };
    };

    cedar = {
      enable = mkEnableOption "the cedar daemon";
      port = mkOption {
        type = types.int;
        default = 23755;
        example = 8080;
        description = ''
          The port on which <command>cedar</command> listens. It is opened in the
          firewall if <option>services.cedar.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/cedar.conf</filename>.";
      };
    };

    cedar-agent = {
      enable = mkEnableOption "the cedar-agent daemon";
      port = mkOption {
        type = types.int;
        default = 45958;
        example = 8080;
        description = ''
          The port on which <command>cedar-agent</command> listens. It is opened in the
          firewall if <option>services.cedar-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/cedar-agent.conf</filename>.";
      };
    };

    delta = {
      enable = mkEnableOption "the delta daemon";
      port = mkOption {
        type = types.int;
        default = 49967;
        example = 8080;
        description = ''
          The port on which <command>delta</command> listens. It is opened in the
          firewall if <option>services.delta.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/delta.conf</filename>.";
      };
    };

    delta-agent = {
      enable = mkEnableOption "the delta-agent daemon";
      port = mkOption {
        type = types.int;
        default = 6126;
        example = 8080;
        description = ''
          The port on which <command>delta-agent</command> listens. It is opened in the
          firewall if <option>services.delta-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/delta-agent.conf</filename>.";
      };
    };

    ember = {
      enable = mkEnableOption "the ember daemon";
      port = mkOption {
        type = types.int;
        default = 6779;
        example = 8080;
        description = ''
          The port on which <command>ember</command> listens. It is opened in the
          firewall if <option>services.ember.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/ember.conf</filename>.";
      };
    };

    ember-agent = {
      enable = mkEnableOption "the ember-agent daemon";
      port = mkOption {
        type = types.int;
        default = 47147;
        example = 8080;
        description = ''
          The port on which <command>ember-agent</command> listens. It is opened in the
          firewall if <option>services.ember-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/ember-agent.conf</filename>.";
      };
    };

    fjord = {
      enable = mkEnableOption "the fjord daemon";
      port = mkOption {
        type = types.int;
        default = 44498;
        example = 8080;
        description = ''
          The port on which <command>fjord</command> listens. It is opened in the
          firewall if <option>services.fjord.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/fjord.conf</filename>.";
      };
    };

    fjord-agent = {
      enable = mkEnableOption "the fjord-agent daemon";
      port = mkOption {
        type = types.int;
        default = 10246;
        example = 8080;
        description = ''
          The port on which <command>fjord-agent</command> listens. It is opened in the
          firewall if <option>services.fjord-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/fjord-agent.conf</filename>.";
      };
    };

    grove = {
      enable = mkEnableOption "the grove daemon";
      port = mkOption {
        type = types.int;
        default = 59322;
        example = 8080;
        description = ''
          The port on which <command>grove</command> listens. It is opened in the
          firewall if <option>services.grove.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/grove.conf</filename>.";
      };
    };

    grove-agent = {
      enable = mkEnableOption "the grove-agent daemon";
      port = mkOption {
        type = types.int;
        default = 32546;
        example = 8080;
        description = ''
          The port on which <command>grove-agent</command> listens. It is opened in the
          firewall if <option>services.grove-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/grove-agent.conf</filename>.";
      };
    };

    hazel = {
      enable = mkEnableOption "the hazel daemon";
      port = mkOption {
        type = types.int;
        default = 22082;
        example = 8080;
        description = ''
          The port on which <command>hazel</command> listens. It is opened in the
          firewall if <option>services.hazel.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/hazel.conf</filename>.";
      };
    };

    hazel-agent = {
      enable = mkEnableOption "the hazel-agent daemon";
      port = mkOption {
        type = types.int;
        default = 13046;
        example = 8080;
        description = ''
          The port on which <command>hazel-agent</command> listens. It is opened in the
          firewall if <option>services.hazel-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/hazel-agent.conf</filename>.";
      };
    };

    iris = {
      enable = mkEnableOption "the iris daemon";
      port = mkOption {
        type = types.int;
        default = 50059;
        example = 8080;
        description = ''
          The port on which <command>iris</command> listens. It is opened in the
          firewall if <option>services.iris.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/iris.conf</filename>.";
      };
    };

    iris-agent = {
      enable = mkEnableOption "the iris-agent daemon";
      port = mkOption {
        type = types.int;
        default = 32767;
        example = 8080;
        description = ''
          The port on which <command>iris-agent</command> listens. It is opened in the
          firewall if <option>services.iris-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/iris-agent.conf</filename>.";
      };
    };

    juniper = {
      enable = mkEnableOption "the juniper daemon";
      port = mkOption {
        type = types.int;
        default = 35232;
        example = 8080;
        description = ''
          The port on which <command>juniper</command> listens. It is opened in the
          firewall if <option>services.juniper.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/juniper.conf</filename>.";
      };
    };

    juniper-agent = {
      enable = mkEnableOption "the juniper-agent daemon";
      port = mkOption {
        type = types.int;
        default = 43962;
        example = 8080;
        description = ''
          The port on which <command>juniper-agent</command> listens. It is opened in the
          firewall if <option>services.juniper-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/juniper-agent.conf</filename>.";
      };
    };

    kelp = {
      enable = mkEnableOption "the kelp daemon";
      port = mkOption {
        type = types.int;
        default = 43343;
        example = 8080;
        description = ''
          The port on which <command>kelp</command> listens. It is opened in the
          firewall if <option>services.kelp.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/kelp.conf</filename>.";
      };
    };

    kelp-agent = {
      enable = mkEnableOption "the kelp-agent daemon";
      port = mkOption {
        type = types.int;
        default = 49084;
        example = 8080;
        description = ''
          The port on which <command>kelp-agent</command> listens. It is opened in the
          firewall if <option>services.kelp-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/kelp-agent.conf</filename>.";
      };
    };

    lotus = {
      enable = mkEnableOption "the lotus daemon";
      port = mkOption {
        type = types.int;
        default = 54244;
        example = 8080;
        description = ''
          The port on which <command>lotus</command> listens. It is opened in the
          firewall if <option>services.lotus.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/lotus.conf</filename>.";
      };
    };

    lotus-agent = {
      enable = mkEnableOption "the lotus-agent daemon";
      port = mkOption {
        type = types.int;
        default = 22348;
        example = 8080;
        description = ''
          The port on which <command>lotus-agent</command> listens. It is opened in the
          firewall if <option>services.lotus-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/lotus-agent.conf</filename>.";
      };
    };

    maple = {
      enable = mkEnableOption "the maple daemon";
      port = mkOption {
        type = types.int;
        default = 6976;
        example = 8080;
        description = ''
          The port on which <command>maple</command> listens. It is opened in the
          firewall if <option>services.maple.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/maple.conf</filename>.";
      };
    };

    maple-agent = {
      enable = mkEnableOption "the maple-agent daemon";
      port = mkOption {
        type = types.int;
        default = 4607;
        example = 8080;
        description = ''
          The port on which <command>maple-agent</command> listens. It is opened in the
          firewall if <option>services.maple-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/maple-agent.conf</filename>.";
      };
    };

    nettle = {
      enable = mkEnableOption "the nettle daemon";
      port = mkOption {
        type = types.int;
        default = 4910;
        example = 8080;
        description = ''
          The port on which <command>nettle</command> listens. It is opened in the
          firewall if <option>services.nettle.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/nettle.conf</filename>.";
      };
    };

    nettle-agent = {
      enable = mkEnableOption "the nettle-agent daemon";
      port = mkOption {
        type = types.int;
        default = 30533;
        example = 8080;
        description = ''
          The port on which <command>nettle-agent</command> listens. It is opened in the
          firewall if <option>services.nettle-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/nettle-agent.conf</filename>.";
      };
    };

    onyx = {
      enable = mkEnableOption "the onyx daemon";
      port = mkOption {
        type = types.int;
        default = 63115;
        example = 8080;
        description = ''
          The port on which <command>onyx</command> listens. It is opened in the
          firewall if <option>services.onyx.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/onyx.conf</filename>.";
      };
    };

    onyx-agent = {
      enable = mkEnableOption "the onyx-agent daemon";
      port = mkOption {
        type = types.int;
        default = 60953;
        example = 8080;
        description = ''
          The port on which <command>onyx-agent</command> listens. It is opened in the
          firewall if <option>services.onyx-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/onyx-agent.conf</filename>.";
      };
    };

    pearl = {
      enable = mkEnableOption "the pearl daemon";
      port = mkOption {
        type = types.int;
        default = 19337;
        example = 8080;
        description = ''
          The port on which <command>pearl</command> listens. It is opened in the
          firewall if <option>services.pearl.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/pearl.conf</filename>.";
      };
    };

    pearl-agent = {
      enable = mkEnableOption "the pearl-agent daemon";
      port = mkOption {
        type = types.int;
        default = 37198;
        example = 8080;
        description = ''
          The port on which <command>pearl-agent</command> listens. It is opened in the
          firewall if <option>services.pearl-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/pearl-agent.conf</filename>.";
      };
    };

    quartz = {
      enable = mkEnableOption "the quartz daemon";
      port = mkOption {
        type = types.int;
        default = 63390;
        example = 8080;
        description = ''
          The port on which <command>quartz</command> listens. It is opened in the
          firewall if <option>services.quartz.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/quartz.conf</filename>.";
      };
    };

    quartz-agent = {
      enable = mkEnableOption "the quartz-agent daemon";
      port = mkOption {
        type = types.int;
        default = 41619;
        example = 8080;
        description = ''
          The port on which <command>quartz-agent</command> listens. It is opened in the
          firewall if <option>services.quartz-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/quartz-agent.conf</filename>.";
      };
    };

    reed = {
      enable = mkEnableOption "the reed daemon";
      port = mkOption {
        type = types.int;
        default = 26695;
        example = 8080;
        description = ''
          The port on which <command>reed</command> listens. It is opened in the
          firewall if <option>services.reed.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/reed.conf</filename>.";
      };
    };

    reed-agent = {
      enable = mkEnableOption "the reed-agent daemon";
      port = mkOption {
        type = types.int;
        default = 51202;
        example = 8080;
        description = ''
          The port on which <command>reed-agent</command> listens. It is opened in the
          firewall if <option>services.reed-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/reed-agent.conf</filename>.";
      };
    };

    sage = {
      enable = mkEnableOption "the sage daemon";
      port = mkOption {
        type = types.int;
        default = 11075;
        example = 8080;
        description = ''
          The port on which <command>sage</command> listens. It is opened in the
          firewall if <option>services.sage.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/sage.conf</filename>.";
      };
    };

    sage-agent = {
      enable = mkEnableOption "the sage-agent daemon";
      port = mkOption {
        type = types.int;
        default = 42837;
        example = 8080;
        description = ''
          The port on which <command>sage-agent</command> listens. It is opened in the
          firewall if <option>services.sage-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/sage-agent.conf</filename>.";
      };
    };

    tulip = {
      enable = mkEnableOption "the tulip daemon";
      port = mkOption {
        type = types.int;
        default = 55179;
        example = 8080;
        description = ''
          The port on which <command>tulip</command> listens. It is opened in the
          firewall if <option>services.tulip.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/tulip.conf</filename>.";
      };
    };

    tulip-agent = {
      enable = mkEnableOption "the tulip-agent daemon";
      port = mkOption {
        type = types.int;
        default = 63206;
        example = 8080;
        description = ''
          The port on which <command>tulip-agent</command> listens. It is opened in the
          firewall if <option>services.tulip-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/tulip-agent.conf</filename>.";
      };
    };

    umber = {
      enable = mkEnableOption "the umber daemon";
      port = mkOption {
        type = types.int;
        default = 13382;
        example = 8080;
        description = ''
          The port on which <command>umber</command> listens. It is opened in the
          firewall if <option>services.umber.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/umber.conf</filename>.";
      };
    };

    umber-agent = {
      enable = mkEnableOption "the umber-agent daemon";
      port = mkOption {
        type = types.int;
        default = 63587;
        example = 8080;
        description = ''
          The port on which <command>umber-agent</command> listens. It is opened in the
          firewall if <option>services.umber-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/umber-agent.conf</filename>.";
      };
    };

    violet = {
      enable = mkEnableOption "the violet daemon";
      port = mkOption {
        type = types.int;
        default = 8320;
        example = 8080;
        description = ''
          The port on which <command>violet</command> listens. It is opened in the
          firewall if <option>services.violet.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/violet.conf</filename>.";
      };
    };

    violet-agent = {
      enable = mkEnableOption "the violet-agent daemon";
      port = mkOption {
        type = types.int;
        default = 49428;
        example = 8080;
        description = ''
          The port on which <command>violet-agent</command> listens. It is opened in the
          firewall if <option>services.violet-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/violet-agent.conf</filename>.";
      };
    };

    willow = {
      enable = mkEnableOption "the willow daemon";
      port = mkOption {
        type = types.int;
        default = 33481;
        example = 8080;
        description = ''
          The port on which <command>willow</command> listens. It is opened in the
          firewall if <option>services.willow.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/willow.conf</filename>.";
      };
    };

    willow-agent = {
      enable = mkEnableOption "the willow-agent daemon";
      port = mkOption {
        type = types.int;
        default = 53919;
        example = 8080;
        description = ''
          The port on which <command>willow-agent</command> listens. It is opened in the
          firewall if <option>services.willow-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/willow-agent.conf</filename>.";
      };
    };

    yarrow = {
      enable = mkEnableOption "the yarrow daemon";
      port = mkOption {
        type = types.int;
        default = 48967;
        example = 8080;
        description = ''
          The port on which <command>yarrow</command> listens. It is opened in the
          firewall if <option>services.yarrow.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/yarrow.conf</filename>.";
      };
    };

    yarrow-agent = {
      enable = mkEnableOption "the yarrow-agent daemon";
      port = mkOption {
        type = types.int;
        default = 10316;
        example = 8080;
        description = ''
          The port on which <command>yarrow-agent</command> listens. It is opened in the
          firewall if <option>services.yarrow-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/yarrow-agent.conf</filename>.";
      };
    };

    zinc = {
      enable = mkEnableOption "the zinc daemon";
      port = mkOption {
        type = types.int;
        default = 14025;
        example = 8080;
        description = ''
          The port on which <command>zinc</command> listens. It is opened in the
          firewall if <option>services.zinc.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/zinc.conf</filename>.";
      };
    };

    zinc-agent = {
      enable = mkEnableOption "the zinc-agent daemon";
      port = mkOption {
        type = types.int;
        default = 18368;
        example = 8080;
        description = ''
          The port on which <command>zinc-agent</command> listens. It is opened in the
          firewall if <option>services.zinc-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/zinc-agent.conf</filename>.";
      };
    };

    brook = {
      enable = mkEnableOption "the brook daemon";
      port = mkOption {
        type = types.int;
        default = 44942;
        example = 8080;
        description = ''
          The port on which <command>brook</command> listens. It is opened in the
          firewall if <option>services.brook.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/brook.conf</filename>.";
      };
    };

    brook-agent = {
      enable = mkEnableOption "the brook-agent daemon";
      port = mkOption {
        type = types.int;
        default = 47615;
        example = 8080;
        description = ''
          The port on which <command>brook-agent</command> listens. It is opened in the
          firewall if <option>services.brook-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/brook-agent.conf</filename>.";
      };
    };

    cliff = {
      enable = mkEnableOption "the cliff daemon";
      port = mkOption {
        type = types.int;
        default = 63705;
        example = 8080;
        description = ''
          The port on which <command>cliff</command> listens. It is opened in the
          firewall if <option>services.cliff.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/cliff.conf</filename>.";
      };
    };

    cliff-agent = {
      enable = mkEnableOption "the cliff-agent daemon";
      port = mkOption {
        type = types.int;
        default = 39064;
        example = 8080;
        description = ''
          The port on which <command>cliff-agent</command> listens. It is opened in the
          firewall if <option>services.cliff-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/cliff-agent.conf</filename>.";
      };
    };

    dune = {
      enable = mkEnableOption "the dune daemon";
      port = mkOption {
        type = types.int;
        default = 34295;
        example = 8080;
        description = ''
          The port on which <command>dune</command> listens. It is opened in the
          firewall if <option>services.dune.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/dune.conf</filename>.";
      };
    };

    dune-agent = {
      enable = mkEnableOption "the dune-agent daemon";
      port = mkOption {
        type = types.int;
        default = 57521;
        example = 8080;
        description = ''
          The port on which <command>dune-agent</command> listens. It is opened in the
          firewall if <option>services.dune-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/dune-agent.conf</filename>.";
      };
    };

    fern = {
      enable = mkEnableOption "the fern daemon";
      port = mkOption {
        type = types.int;
        default = 51752;
        example = 8080;
        description = ''
          The port on which <command>fern</command> listens. It is opened in the
          firewall if <option>services.fern.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/fern.conf</filename>.";
      };
    };

    fern-agent = {
      enable = mkEnableOption "the fern-agent daemon";
      port = mkOption {
        type = types.int;
        default = 47261;
        example = 8080;
        description = ''
          The port on which <command>fern-agent</command> listens. It is opened in the
          firewall if <option>services.fern-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/fern-agent.conf</filename>.";
      };
    };

    glade = {
      enable = mkEnableOption "the glade daemon";
      port = mkOption {
        type = types.int;
        default = 22743;
        example = 8080;
        description = ''
          The port on which <command>glade</command> listens. It is opened in the
          firewall if <option>services.glade.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/glade.conf</filename>.";
      };
    };

    glade-agent = {
      enable = mkEnableOption "the glade-agent daemon";
      port = mkOption {
        type = types.int;
        default = 61874;
        example = 8080;
        description = ''
          The port on which <command>glade-agent</command> listens. It is opened in the
          firewall if <option>services.glade-agent.openFirewall</option> is set; use
          <literal>''${PORT}</literal> in scripts.
        '';
      };
      openFirewall = mkOption { type = types.bool; default = false; description = "Whether to open the port."; };
      extraConfig = mkOption {
        type = types.lines;
        default = "";
        description = "Lines added to <filename>/etc/glade-agent.conf</filename>.";
      };
    };
  };

  config = mkMerge [
    (mkIf cfg.amber.enable {
      users.users.amber = { isSystemUser = true; group = "amber"; home = "/var/lib/amber"; uid = config.ids.uids.amber or null; };
      networking.firewall.allowedTCPPorts = optional cfg.amber.openFirewall cfg.amber.port;
      systemd.services.amber = {
        description = "amber daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/amber
          if ! test -e /var/lib/amber/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.amber.port} > /var/lib/amber/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.amber}/bin/amber --config ${pkgs.writeText "amber.conf" cfg.amber.extraConfig}";
      };
    })
    (mkIf cfg.amber-agent.enable {
      users.users.amber-agent = { isSystemUser = true; group = "amber-agent"; home = "/var/lib/amber-agent"; uid = config.ids.uids.amber-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.amber-agent.openFirewall cfg.amber-agent.port;
      systemd.services.amber-agent = {
        description = "amber-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/amber-agent
          if ! test -e /var/lib/amber-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.amber-agent.port} > /var/lib/amber-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.amber-agent}/bin/amber-agent --config ${pkgs.writeText "amber-agent.conf" cfg.amber-agent.extraConfig}";
      };
    })
    (mkIf cfg.basil.enable {
      users.users.basil = { isSystemUser = true; group = "basil"; home = "/var/lib/basil"; uid = config.ids.uids.basil or null; };
      networking.firewall.allowedTCPPorts = optional cfg.basil.openFirewall cfg.basil.port;
      systemd.services.basil = {
        description = "basil daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/basil
          if ! test -e /var/lib/basil/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.basil.port} > /var/lib/basil/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.basil}/bin/basil --config ${pkgs.writeText "basil.conf" cfg.basil.extraConfig}";
      };
    })
    (mkIf cfg.basil-agent.enable {
      users.users.basil-agent = { isSystemUser = true; group = "basil-agent"; home = "/var/lib/basil-agent"; uid = config.ids.uids.basil-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.basil-agent.openFirewall cfg.basil-agent.port;
      systemd.services.basil-agent = {
        description = "basil-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/basil-agent
          if ! test -e /var/lib/basil-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.basil-agent.port} > /var/lib/basil-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.basil-agent}/bin/basil-agent --config ${pkgs.writeText "basil-agent.conf" cfg.basil-agent.extraConfig}";
      };
    })
    (mkIf cfg.cedar.enable {
      users.users.cedar = { isSystemUser = true; group = "cedar"; home = "/var/lib/cedar"; uid = config.ids.uids.cedar or null; };
      networking.firewall.allowedTCPPorts = optional cfg.cedar.openFirewall cfg.cedar.port;
      systemd.services.cedar = {
        description = "cedar daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/cedar
          if ! test -e /var/lib/cedar/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.cedar.port} > /var/lib/cedar/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.cedar}/bin/cedar --config ${pkgs.writeText "cedar.conf" cfg.cedar.extraConfig}";
      };
    })
    (mkIf cfg.cedar-agent.enable {
      users.users.cedar-agent = { isSystemUser = true; group = "cedar-agent"; home = "/var/lib/cedar-agent"; uid = config.ids.uids.cedar-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.cedar-agent.openFirewall cfg.cedar-agent.port;
      systemd.services.cedar-agent = {
        description = "cedar-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/cedar-agent
          if ! test -e /var/lib/cedar-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.cedar-agent.port} > /var/lib/cedar-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.cedar-agent}/bin/cedar-agent --config ${pkgs.writeText "cedar-agent.conf" cfg.cedar-agent.extraConfig}";
      };
    })
    (mkIf cfg.delta.enable {
      users.users.delta = { isSystemUser = true; group = "delta"; home = "/var/lib/delta"; uid = config.ids.uids.delta or null; };
      networking.firewall.allowedTCPPorts = optional cfg.delta.openFirewall cfg.delta.port;
      systemd.services.delta = {
        description = "delta daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/delta
          if ! test -e /var/lib/delta/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.delta.port} > /var/lib/delta/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.delta}/bin/delta --config ${pkgs.writeText "delta.conf" cfg.delta.extraConfig}";
      };
    })
    (mkIf cfg.delta-agent.enable {
      users.users.delta-agent = { isSystemUser = true; group = "delta-agent"; home = "/var/lib/delta-agent"; uid = config.ids.uids.delta-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.delta-agent.openFirewall cfg.delta-agent.port;
      systemd.services.delta-agent = {
        description = "delta-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/delta-agent
          if ! test -e /var/lib/delta-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.delta-agent.port} > /var/lib/delta-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.delta-agent}/bin/delta-agent --config ${pkgs.writeText "delta-agent.conf" cfg.delta-agent.extraConfig}";
      };
    })
    (mkIf cfg.ember.enable {
      users.users.ember = { isSystemUser = true; group = "ember"; home = "/var/lib/ember"; uid = config.ids.uids.ember or null; };
      networking.firewall.allowedTCPPorts = optional cfg.ember.openFirewall cfg.ember.port;
      systemd.services.ember = {
        description = "ember daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/ember
          if ! test -e /var/lib/ember/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.ember.port} > /var/lib/ember/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.ember}/bin/ember --config ${pkgs.writeText "ember.conf" cfg.ember.extraConfig}";
      };
    })
    (mkIf cfg.ember-agent.enable {
      users.users.ember-agent = { isSystemUser = true; group = "ember-agent"; home = "/var/lib/ember-agent"; uid = config.ids.uids.ember-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.ember-agent.openFirewall cfg.ember-agent.port;
      systemd.services.ember-agent = {
        description = "ember-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/ember-agent
          if ! test -e /var/lib/ember-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.ember-agent.port} > /var/lib/ember-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.ember-agent}/bin/ember-agent --config ${pkgs.writeText "ember-agent.conf" cfg.ember-agent.extraConfig}";
      };
    })
    (mkIf cfg.fjord.enable {
      users.users.fjord = { isSystemUser = true; group = "fjord"; home = "/var/lib/fjord"; uid = config.ids.uids.fjord or null; };
      networking.firewall.allowedTCPPorts = optional cfg.fjord.openFirewall cfg.fjord.port;
      systemd.services.fjord = {
        description = "fjord daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/fjord
          if ! test -e /var/lib/fjord/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.fjord.port} > /var/lib/fjord/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.fjord}/bin/fjord --config ${pkgs.writeText "fjord.conf" cfg.fjord.extraConfig}";
      };
    })
    (mkIf cfg.fjord-agent.enable {
      users.users.fjord-agent = { isSystemUser = true; group = "fjord-agent"; home = "/var/lib/fjord-agent"; uid = config.ids.uids.fjord-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.fjord-agent.openFirewall cfg.fjord-agent.port;
      systemd.services.fjord-agent = {
        description = "fjord-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/fjord-agent
          if ! test -e /var/lib/fjord-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.fjord-agent.port} > /var/lib/fjord-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.fjord-agent}/bin/fjord-agent --config ${pkgs.writeText "fjord-agent.conf" cfg.fjord-agent.extraConfig}";
      };
    })
    (mkIf cfg.grove.enable {
      users.users.grove = { isSystemUser = true; group = "grove"; home = "/var/lib/grove"; uid = config.ids.uids.grove or null; };
      networking.firewall.allowedTCPPorts = optional cfg.grove.openFirewall cfg.grove.port;
      systemd.services.grove = {
        description = "grove daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/grove
          if ! test -e /var/lib/grove/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.grove.port} > /var/lib/grove/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.grove}/bin/grove --config ${pkgs.writeText "grove.conf" cfg.grove.extraConfig}";
      };
    })
    (mkIf cfg.grove-agent.enable {
      users.users.grove-agent = { isSystemUser = true; group = "grove-agent"; home = "/var/lib/grove-agent"; uid = config.ids.uids.grove-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.grove-agent.openFirewall cfg.grove-agent.port;
      systemd.services.grove-agent = {
        description = "grove-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/grove-agent
          if ! test -e /var/lib/grove-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.grove-agent.port} > /var/lib/grove-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.grove-agent}/bin/grove-agent --config ${pkgs.writeText "grove-agent.conf" cfg.grove-agent.extraConfig}";
      };
    })
    (mkIf cfg.hazel.enable {
      users.users.hazel = { isSystemUser = true; group = "hazel"; home = "/var/lib/hazel"; uid = config.ids.uids.hazel or null; };
      networking.firewall.allowedTCPPorts = optional cfg.hazel.openFirewall cfg.hazel.port;
      systemd.services.hazel = {
        description = "hazel daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/hazel
          if ! test -e /var/lib/hazel/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.hazel.port} > /var/lib/hazel/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.hazel}/bin/hazel --config ${pkgs.writeText "hazel.conf" cfg.hazel.extraConfig}";
      };
    })
    (mkIf cfg.hazel-agent.enable {
      users.users.hazel-agent = { isSystemUser = true; group = "hazel-agent"; home = "/var/lib/hazel-agent"; uid = config.ids.uids.hazel-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.hazel-agent.openFirewall cfg.hazel-agent.port;
      systemd.services.hazel-agent = {
        description = "hazel-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/hazel-agent
          if ! test -e /var/lib/hazel-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.hazel-agent.port} > /var/lib/hazel-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.hazel-agent}/bin/hazel-agent --config ${pkgs.writeText "hazel-agent.conf" cfg.hazel-agent.extraConfig}";
      };
    })
    (mkIf cfg.iris.enable {
      users.users.iris = { isSystemUser = true; group = "iris"; home = "/var/lib/iris"; uid = config.ids.uids.iris or null; };
      networking.firewall.allowedTCPPorts = optional cfg.iris.openFirewall cfg.iris.port;
      systemd.services.iris = {
        description = "iris daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/iris
          if ! test -e /var/lib/iris/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.iris.port} > /var/lib/iris/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.iris}/bin/iris --config ${pkgs.writeText "iris.conf" cfg.iris.extraConfig}";
      };
    })
    (mkIf cfg.iris-agent.enable {
      users.users.iris-agent = { isSystemUser = true; group = "iris-agent"; home = "/var/lib/iris-agent"; uid = config.ids.uids.iris-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.iris-agent.openFirewall cfg.iris-agent.port;
      systemd.services.iris-agent = {
        description = "iris-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/iris-agent
          if ! test -e /var/lib/iris-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.iris-agent.port} > /var/lib/iris-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.iris-agent}/bin/iris-agent --config ${pkgs.writeText "iris-agent.conf" cfg.iris-agent.extraConfig}";
      };
    })
    (mkIf cfg.juniper.enable {
      users.users.juniper = { isSystemUser = true; group = "juniper"; home = "/var/lib/juniper"; uid = config.ids.uids.juniper or null; };
      networking.firewall.allowedTCPPorts = optional cfg.juniper.openFirewall cfg.juniper.port;
      systemd.services.juniper = {
        description = "juniper daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/juniper
          if ! test -e /var/lib/juniper/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.juniper.port} > /var/lib/juniper/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.juniper}/bin/juniper --config ${pkgs.writeText "juniper.conf" cfg.juniper.extraConfig}";
      };
    })
    (mkIf cfg.juniper-agent.enable {
      users.users.juniper-agent = { isSystemUser = true; group = "juniper-agent"; home = "/var/lib/juniper-agent"; uid = config.ids.uids.juniper-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.juniper-agent.openFirewall cfg.juniper-agent.port;
      systemd.services.juniper-agent = {
        description = "juniper-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/juniper-agent
          if ! test -e /var/lib/juniper-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.juniper-agent.port} > /var/lib/juniper-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.juniper-agent}/bin/juniper-agent --config ${pkgs.writeText "juniper-agent.conf" cfg.juniper-agent.extraConfig}";
      };
    })
    (mkIf cfg.kelp.enable {
      users.users.kelp = { isSystemUser = true; group = "kelp"; home = "/var/lib/kelp"; uid = config.ids.uids.kelp or null; };
      networking.firewall.allowedTCPPorts = optional cfg.kelp.openFirewall cfg.kelp.port;
      systemd.services.kelp = {
        description = "kelp daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/kelp
          if ! test -e /var/lib/kelp/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.kelp.port} > /var/lib/kelp/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.kelp}/bin/kelp --config ${pkgs.writeText "kelp.conf" cfg.kelp.extraConfig}";
      };
    })
    (mkIf cfg.kelp-agent.enable {
      users.users.kelp-agent = { isSystemUser = true; group = "kelp-agent"; home = "/var/lib/kelp-agent"; uid = config.ids.uids.kelp-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.kelp-agent.openFirewall cfg.kelp-agent.port;
      systemd.services.kelp-agent = {
        description = "kelp-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/kelp-agent
          if ! test -e /var/lib/kelp-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.kelp-agent.port} > /var/lib/kelp-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.kelp-agent}/bin/kelp-agent --config ${pkgs.writeText "kelp-agent.conf" cfg.kelp-agent.extraConfig}";
      };
    })
    (mkIf cfg.lotus.enable {
      users.users.lotus = { isSystemUser = true; group = "lotus"; home = "/var/lib/lotus"; uid = config.ids.uids.lotus or null; };
      networking.firewall.allowedTCPPorts = optional cfg.lotus.openFirewall cfg.lotus.port;
      systemd.services.lotus = {
        description = "lotus daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/lotus
          if ! test -e /var/lib/lotus/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.lotus.port} > /var/lib/lotus/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.lotus}/bin/lotus --config ${pkgs.writeText "lotus.conf" cfg.lotus.extraConfig}";
      };
    })
    (mkIf cfg.lotus-agent.enable {
      users.users.lotus-agent = { isSystemUser = true; group = "lotus-agent"; home = "/var/lib/lotus-agent"; uid = config.ids.uids.lotus-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.lotus-agent.openFirewall cfg.lotus-agent.port;
      systemd.services.lotus-agent = {
        description = "lotus-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/lotus-agent
          if ! test -e /var/lib/lotus-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.lotus-agent.port} > /var/lib/lotus-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.lotus-agent}/bin/lotus-agent --config ${pkgs.writeText "lotus-agent.conf" cfg.lotus-agent.extraConfig}";
      };
    })
    (mkIf cfg.maple.enable {
      users.users.maple = { isSystemUser = true; group = "maple"; home = "/var/lib/maple"; uid = config.ids.uids.maple or null; };
      networking.firewall.allowedTCPPorts = optional cfg.maple.openFirewall cfg.maple.port;
      systemd.services.maple = {
        description = "maple daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/maple
          if ! test -e /var/lib/maple/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.maple.port} > /var/lib/maple/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.maple}/bin/maple --config ${pkgs.writeText "maple.conf" cfg.maple.extraConfig}";
      };
    })
    (mkIf cfg.maple-agent.enable {
      users.users.maple-agent = { isSystemUser = true; group = "maple-agent"; home = "/var/lib/maple-agent"; uid = config.ids.uids.maple-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.maple-agent.openFirewall cfg.maple-agent.port;
      systemd.services.maple-agent = {
        description = "maple-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/maple-agent
          if ! test -e /var/lib/maple-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.maple-agent.port} > /var/lib/maple-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.maple-agent}/bin/maple-agent --config ${pkgs.writeText "maple-agent.conf" cfg.maple-agent.extraConfig}";
      };
    })
    (mkIf cfg.nettle.enable {
      users.users.nettle = { isSystemUser = true; group = "nettle"; home = "/var/lib/nettle"; uid = config.ids.uids.nettle or null; };
      networking.firewall.allowedTCPPorts = optional cfg.nettle.openFirewall cfg.nettle.port;
      systemd.services.nettle = {
        description = "nettle daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/nettle
          if ! test -e /var/lib/nettle/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.nettle.port} > /var/lib/nettle/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.nettle}/bin/nettle --config ${pkgs.writeText "nettle.conf" cfg.nettle.extraConfig}";
      };
    })
    (mkIf cfg.nettle-agent.enable {
      users.users.nettle-agent = { isSystemUser = true; group = "nettle-agent"; home = "/var/lib/nettle-agent"; uid = config.ids.uids.nettle-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.nettle-agent.openFirewall cfg.nettle-agent.port;
      systemd.services.nettle-agent = {
        description = "nettle-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/nettle-agent
          if ! test -e /var/lib/nettle-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.nettle-agent.port} > /var/lib/nettle-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.nettle-agent}/bin/nettle-agent --config ${pkgs.writeText "nettle-agent.conf" cfg.nettle-agent.extraConfig}";
      };
    })
    (mkIf cfg.onyx.enable {
      users.users.onyx = { isSystemUser = true; group = "onyx"; home = "/var/lib/onyx"; uid = config.ids.uids.onyx or null; };
      networking.firewall.allowedTCPPorts = optional cfg.onyx.openFirewall cfg.onyx.port;
      systemd.services.onyx = {
        description = "onyx daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/onyx
          if ! test -e /var/lib/onyx/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.onyx.port} > /var/lib/onyx/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.onyx}/bin/onyx --config ${pkgs.writeText "onyx.conf" cfg.onyx.extraConfig}";
      };
    })
    (mkIf cfg.onyx-agent.enable {
      users.users.onyx-agent = { isSystemUser = true; group = "onyx-agent"; home = "/var/lib/onyx-agent"; uid = config.ids.uids.onyx-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.onyx-agent.openFirewall cfg.onyx-agent.port;
      systemd.services.onyx-agent = {
        description = "onyx-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/onyx-agent
          if ! test -e /var/lib/onyx-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.onyx-agent.port} > /var/lib/onyx-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.onyx-agent}/bin/onyx-agent --config ${pkgs.writeText "onyx-agent.conf" cfg.onyx-agent.extraConfig}";
      };
    })
    (mkIf cfg.pearl.enable {
      users.users.pearl = { isSystemUser = true; group = "pearl"; home = "/var/lib/pearl"; uid = config.ids.uids.pearl or null; };
      networking.firewall.allowedTCPPorts = optional cfg.pearl.openFirewall cfg.pearl.port;
      systemd.services.pearl = {
        description = "pearl daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/pearl
          if ! test -e /var/lib/pearl/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.pearl.port} > /var/lib/pearl/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.pearl}/bin/pearl --config ${pkgs.writeText "pearl.conf" cfg.pearl.extraConfig}";
      };
    })
    (mkIf cfg.pearl-agent.enable {
      users.users.pearl-agent = { isSystemUser = true; group = "pearl-agent"; home = "/var/lib/pearl-agent"; uid = config.ids.uids.pearl-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.pearl-agent.openFirewall cfg.pearl-agent.port;
      systemd.services.pearl-agent = {
        description = "pearl-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/pearl-agent
          if ! test -e /var/lib/pearl-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.pearl-agent.port} > /var/lib/pearl-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.pearl-agent}/bin/pearl-agent --config ${pkgs.writeText "pearl-agent.conf" cfg.pearl-agent.extraConfig}";
      };
    })
    (mkIf cfg.quartz.enable {
      users.users.quartz = { isSystemUser = true; group = "quartz"; home = "/var/lib/quartz"; uid = config.ids.uids.quartz or null; };
      networking.firewall.allowedTCPPorts = optional cfg.quartz.openFirewall cfg.quartz.port;
      systemd.services.quartz = {
        description = "quartz daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/quartz
          if ! test -e /var/lib/quartz/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.quartz.port} > /var/lib/quartz/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.quartz}/bin/quartz --config ${pkgs.writeText "quartz.conf" cfg.quartz.extraConfig}";
      };
    })
    (mkIf cfg.quartz-agent.enable {
      users.users.quartz-agent = { isSystemUser = true; group = "quartz-agent"; home = "/var/lib/quartz-agent"; uid = config.ids.uids.quartz-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.quartz-agent.openFirewall cfg.quartz-agent.port;
      systemd.services.quartz-agent = {
        description = "quartz-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/quartz-agent
          if ! test -e /var/lib/quartz-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.quartz-agent.port} > /var/lib/quartz-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.quartz-agent}/bin/quartz-agent --config ${pkgs.writeText "quartz-agent.conf" cfg.quartz-agent.extraConfig}";
      };
    })
    (mkIf cfg.reed.enable {
      users.users.reed = { isSystemUser = true; group = "reed"; home = "/var/lib/reed"; uid = config.ids.uids.reed or null; };
      networking.firewall.allowedTCPPorts = optional cfg.reed.openFirewall cfg.reed.port;
      systemd.services.reed = {
        description = "reed daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/reed
          if ! test -e /var/lib/reed/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.reed.port} > /var/lib/reed/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.reed}/bin/reed --config ${pkgs.writeText "reed.conf" cfg.reed.extraConfig}";
      };
    })
    (mkIf cfg.reed-agent.enable {
      users.users.reed-agent = { isSystemUser = true; group = "reed-agent"; home = "/var/lib/reed-agent"; uid = config.ids.uids.reed-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.reed-agent.openFirewall cfg.reed-agent.port;
      systemd.services.reed-agent = {
        description = "reed-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/reed-agent
          if ! test -e /var/lib/reed-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.reed-agent.port} > /var/lib/reed-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.reed-agent}/bin/reed-agent --config ${pkgs.writeText "reed-agent.conf" cfg.reed-agent.extraConfig}";
      };
    })
    (mkIf cfg.sage.enable {
      users.users.sage = { isSystemUser = true; group = "sage"; home = "/var/lib/sage"; uid = config.ids.uids.sage or null; };
      networking.firewall.allowedTCPPorts = optional cfg.sage.openFirewall cfg.sage.port;
      systemd.services.sage = {
        description = "sage daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/sage
          if ! test -e /var/lib/sage/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.sage.port} > /var/lib/sage/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.sage}/bin/sage --config ${pkgs.writeText "sage.conf" cfg.sage.extraConfig}";
      };
    })
    (mkIf cfg.sage-agent.enable {
      users.users.sage-agent = { isSystemUser = true; group = "sage-agent"; home = "/var/lib/sage-agent"; uid = config.ids.uids.sage-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.sage-agent.openFirewall cfg.sage-agent.port;
      systemd.services.sage-agent = {
        description = "sage-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/sage-agent
          if ! test -e /var/lib/sage-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.sage-agent.port} > /var/lib/sage-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.sage-agent}/bin/sage-agent --config ${pkgs.writeText "sage-agent.conf" cfg.sage-agent.extraConfig}";
      };
    })
    (mkIf cfg.tulip.enable {
      users.users.tulip = { isSystemUser = true; group = "tulip"; home = "/var/lib/tulip"; uid = config.ids.uids.tulip or null; };
      networking.firewall.allowedTCPPorts = optional cfg.tulip.openFirewall cfg.tulip.port;
      systemd.services.tulip = {
        description = "tulip daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/tulip
          if ! test -e /var/lib/tulip/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.tulip.port} > /var/lib/tulip/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.tulip}/bin/tulip --config ${pkgs.writeText "tulip.conf" cfg.tulip.extraConfig}";
      };
    })
    (mkIf cfg.tulip-agent.enable {
      users.users.tulip-agent = { isSystemUser = true; group = "tulip-agent"; home = "/var/lib/tulip-agent"; uid = config.ids.uids.tulip-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.tulip-agent.openFirewall cfg.tulip-agent.port;
      systemd.services.tulip-agent = {
        description = "tulip-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/tulip-agent
          if ! test -e /var/lib/tulip-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.tulip-agent.port} > /var/lib/tulip-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.tulip-agent}/bin/tulip-agent --config ${pkgs.writeText "tulip-agent.conf" cfg.tulip-agent.extraConfig}";
      };
    })
    (mkIf cfg.umber.enable {
      users.users.umber = { isSystemUser = true; group = "umber"; home = "/var/lib/umber"; uid = config.ids.uids.umber or null; };
      networking.firewall.allowedTCPPorts = optional cfg.umber.openFirewall cfg.umber.port;
      systemd.services.umber = {
        description = "umber daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/umber
          if ! test -e /var/lib/umber/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.umber.port} > /var/lib/umber/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.umber}/bin/umber --config ${pkgs.writeText "umber.conf" cfg.umber.extraConfig}";
      };
    })
    (mkIf cfg.umber-agent.enable {
      users.users.umber-agent = { isSystemUser = true; group = "umber-agent"; home = "/var/lib/umber-agent"; uid = config.ids.uids.umber-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.umber-agent.openFirewall cfg.umber-agent.port;
      systemd.services.umber-agent = {
        description = "umber-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/umber-agent
          if ! test -e /var/lib/umber-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.umber-agent.port} > /var/lib/umber-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.umber-agent}/bin/umber-agent --config ${pkgs.writeText "umber-agent.conf" cfg.umber-agent.extraConfig}";
      };
    })
    (mkIf cfg.violet.enable {
      users.users.violet = { isSystemUser = true; group = "violet"; home = "/var/lib/violet"; uid = config.ids.uids.violet or null; };
      networking.firewall.allowedTCPPorts = optional cfg.violet.openFirewall cfg.violet.port;
      systemd.services.violet = {
        description = "violet daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/violet
          if ! test -e /var/lib/violet/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.violet.port} > /var/lib/violet/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.violet}/bin/violet --config ${pkgs.writeText "violet.conf" cfg.violet.extraConfig}";
      };
    })
    (mkIf cfg.violet-agent.enable {
      users.users.violet-agent = { isSystemUser = true; group = "violet-agent"; home = "/var/lib/violet-agent"; uid = config.ids.uids.violet-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.violet-agent.openFirewall cfg.violet-agent.port;
      systemd.services.violet-agent = {
        description = "violet-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/violet-agent
          if ! test -e /var/lib/violet-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.violet-agent.port} > /var/lib/violet-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.violet-agent}/bin/violet-agent --config ${pkgs.writeText "violet-agent.conf" cfg.violet-agent.extraConfig}";
      };
    })
    (mkIf cfg.willow.enable {
      users.users.willow = { isSystemUser = true; group = "willow"; home = "/var/lib/willow"; uid = config.ids.uids.willow or null; };
      networking.firewall.allowedTCPPorts = optional cfg.willow.openFirewall cfg.willow.port;
      systemd.services.willow = {
        description = "willow daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/willow
          if ! test -e /var/lib/willow/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.willow.port} > /var/lib/willow/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.willow}/bin/willow --config ${pkgs.writeText "willow.conf" cfg.willow.extraConfig}";
      };
    })
    (mkIf cfg.willow-agent.enable {
      users.users.willow-agent = { isSystemUser = true; group = "willow-agent"; home = "/var/lib/willow-agent"; uid = config.ids.uids.willow-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.willow-agent.openFirewall cfg.willow-agent.port;
      systemd.services.willow-agent = {
        description = "willow-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/willow-agent
          if ! test -e /var/lib/willow-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.willow-agent.port} > /var/lib/willow-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.willow-agent}/bin/willow-agent --config ${pkgs.writeText "willow-agent.conf" cfg.willow-agent.extraConfig}";
      };
    })
    (mkIf cfg.yarrow.enable {
      users.users.yarrow = { isSystemUser = true; group = "yarrow"; home = "/var/lib/yarrow"; uid = config.ids.uids.yarrow or null; };
      networking.firewall.allowedTCPPorts = optional cfg.yarrow.openFirewall cfg.yarrow.port;
      systemd.services.yarrow = {
        description = "yarrow daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/yarrow
          if ! test -e /var/lib/yarrow/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.yarrow.port} > /var/lib/yarrow/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.yarrow}/bin/yarrow --config ${pkgs.writeText "yarrow.conf" cfg.yarrow.extraConfig}";
      };
    })
    (mkIf cfg.yarrow-agent.enable {
      users.users.yarrow-agent = { isSystemUser = true; group = "yarrow-agent"; home = "/var/lib/yarrow-agent"; uid = config.ids.uids.yarrow-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.yarrow-agent.openFirewall cfg.yarrow-agent.port;
      systemd.services.yarrow-agent = {
        description = "yarrow-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/yarrow-agent
          if ! test -e /var/lib/yarrow-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.yarrow-agent.port} > /var/lib/yarrow-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.yarrow-agent}/bin/yarrow-agent --config ${pkgs.writeText "yarrow-agent.conf" cfg.yarrow-agent.extraConfig}";
      };
    })
    (mkIf cfg.zinc.enable {
      users.users.zinc = { isSystemUser = true; group = "zinc"; home = "/var/lib/zinc"; uid = config.ids.uids.zinc or null; };
      networking.firewall.allowedTCPPorts = optional cfg.zinc.openFirewall cfg.zinc.port;
      systemd.services.zinc = {
        description = "zinc daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/zinc
          if ! test -e /var/lib/zinc/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.zinc.port} > /var/lib/zinc/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.zinc}/bin/zinc --config ${pkgs.writeText "zinc.conf" cfg.zinc.extraConfig}";
      };
    })
    (mkIf cfg.zinc-agent.enable {
      users.users.zinc-agent = { isSystemUser = true; group = "zinc-agent"; home = "/var/lib/zinc-agent"; uid = config.ids.uids.zinc-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.zinc-agent.openFirewall cfg.zinc-agent.port;
      systemd.services.zinc-agent = {
        description = "zinc-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/zinc-agent
          if ! test -e /var/lib/zinc-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.zinc-agent.port} > /var/lib/zinc-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.zinc-agent}/bin/zinc-agent --config ${pkgs.writeText "zinc-agent.conf" cfg.zinc-agent.extraConfig}";
      };
    })
    (mkIf cfg.brook.enable {
      users.users.brook = { isSystemUser = true; group = "brook"; home = "/var/lib/brook"; uid = config.ids.uids.brook or null; };
      networking.firewall.allowedTCPPorts = optional cfg.brook.openFirewall cfg.brook.port;
      systemd.services.brook = {
        description = "brook daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/brook
          if ! test -e /var/lib/brook/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.brook.port} > /var/lib/brook/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.brook}/bin/brook --config ${pkgs.writeText "brook.conf" cfg.brook.extraConfig}";
      };
    })
    (mkIf cfg.brook-agent.enable {
      users.users.brook-agent = { isSystemUser = true; group = "brook-agent"; home = "/var/lib/brook-agent"; uid = config.ids.uids.brook-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.brook-agent.openFirewall cfg.brook-agent.port;
      systemd.services.brook-agent = {
        description = "brook-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/brook-agent
          if ! test -e /var/lib/brook-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.brook-agent.port} > /var/lib/brook-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.brook-agent}/bin/brook-agent --config ${pkgs.writeText "brook-agent.conf" cfg.brook-agent.extraConfig}";
      };
    })
    (mkIf cfg.cliff.enable {
      users.users.cliff = { isSystemUser = true; group = "cliff"; home = "/var/lib/cliff"; uid = config.ids.uids.cliff or null; };
      networking.firewall.allowedTCPPorts = optional cfg.cliff.openFirewall cfg.cliff.port;
      systemd.services.cliff = {
        description = "cliff daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/cliff
          if ! test -e /var/lib/cliff/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.cliff.port} > /var/lib/cliff/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.cliff}/bin/cliff --config ${pkgs.writeText "cliff.conf" cfg.cliff.extraConfig}";
      };
    })
    (mkIf cfg.cliff-agent.enable {
      users.users.cliff-agent = { isSystemUser = true; group = "cliff-agent"; home = "/var/lib/cliff-agent"; uid = config.ids.uids.cliff-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.cliff-agent.openFirewall cfg.cliff-agent.port;
      systemd.services.cliff-agent = {
        description = "cliff-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/cliff-agent
          if ! test -e /var/lib/cliff-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.cliff-agent.port} > /var/lib/cliff-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.cliff-agent}/bin/cliff-agent --config ${pkgs.writeText "cliff-agent.conf" cfg.cliff-agent.extraConfig}";
      };
    })
    (mkIf cfg.dune.enable {
      users.users.dune = { isSystemUser = true; group = "dune"; home = "/var/lib/dune"; uid = config.ids.uids.dune or null; };
      networking.firewall.allowedTCPPorts = optional cfg.dune.openFirewall cfg.dune.port;
      systemd.services.dune = {
        description = "dune daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/dune
          if ! test -e /var/lib/dune/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.dune.port} > /var/lib/dune/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.dune}/bin/dune --config ${pkgs.writeText "dune.conf" cfg.dune.extraConfig}";
      };
    })
    (mkIf cfg.dune-agent.enable {
      users.users.dune-agent = { isSystemUser = true; group = "dune-agent"; home = "/var/lib/dune-agent"; uid = config.ids.uids.dune-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.dune-agent.openFirewall cfg.dune-agent.port;
      systemd.services.dune-agent = {
        description = "dune-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/dune-agent
          if ! test -e /var/lib/dune-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.dune-agent.port} > /var/lib/dune-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.dune-agent}/bin/dune-agent --config ${pkgs.writeText "dune-agent.conf" cfg.dune-agent.extraConfig}";
      };
    })
    (mkIf cfg.fern.enable {
      users.users.fern = { isSystemUser = true; group = "fern"; home = "/var/lib/fern"; uid = config.ids.uids.fern or null; };
      networking.firewall.allowedTCPPorts = optional cfg.fern.openFirewall cfg.fern.port;
      systemd.services.fern = {
        description = "fern daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/fern
          if ! test -e /var/lib/fern/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.fern.port} > /var/lib/fern/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.fern}/bin/fern --config ${pkgs.writeText "fern.conf" cfg.fern.extraConfig}";
      };
    })
    (mkIf cfg.fern-agent.enable {
      users.users.fern-agent = { isSystemUser = true; group = "fern-agent"; home = "/var/lib/fern-agent"; uid = config.ids.uids.fern-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.fern-agent.openFirewall cfg.fern-agent.port;
      systemd.services.fern-agent = {
        description = "fern-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/fern-agent
          if ! test -e /var/lib/fern-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.fern-agent.port} > /var/lib/fern-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.fern-agent}/bin/fern-agent --config ${pkgs.writeText "fern-agent.conf" cfg.fern-agent.extraConfig}";
      };
    })
    (mkIf cfg.glade.enable {
      users.users.glade = { isSystemUser = true; group = "glade"; home = "/var/lib/glade"; uid = config.ids.uids.glade or null; };
      networking.firewall.allowedTCPPorts = optional cfg.glade.openFirewall cfg.glade.port;
      systemd.services.glade = {
        description = "glade daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/glade
          if ! test -e /var/lib/glade/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.glade.port} > /var/lib/glade/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.glade}/bin/glade --config ${pkgs.writeText "glade.conf" cfg.glade.extraConfig}";
      };
    })
    (mkIf cfg.glade-agent.enable {
      users.users.glade-agent = { isSystemUser = true; group = "glade-agent"; home = "/var/lib/glade-agent"; uid = config.ids.uids.glade-agent or null; };
      networking.firewall.allowedTCPPorts = optional cfg.glade-agent.openFirewall cfg.glade-agent.port;
      systemd.services.glade-agent = {
        description = "glade-agent daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ optionals (cfg.amber.port != 0 && !cfg.basil.enable) [ "amber.service" ];
        preStart = ''
          mkdir -p /var/lib/glade-agent
          if ! test -e /var/lib/glade-agent/state; then
            ${pkgs.coreutils}/bin/install --port ${toString cfg.glade-agent.port} > /var/lib/glade-agent/state
          fi
        '';
        serviceConfig.ExecStart = "${pkgs.glade-agent}/bin/glade-agent --config ${pkgs.writeText "glade-agent.conf" cfg.glade-agent.extraConfig}";
      };
    })
  ];
}
