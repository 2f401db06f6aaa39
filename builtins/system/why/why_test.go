package why

// This file defines the tests of where options are defined, and of what caused a change.

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const configuration = `{ config, lib, pkgs, ... }:
let
  port = 80;
  networking.hostName = "a variable";
in
{
  imports = [ ./x.nix ];
  networking.hostName = "web";
  services.nginx = {
    enable = true;
    virtualHosts."example.org" = {
      root = "/srv";
    };
  };
  services.openssh = lib.mkIf (port == 80) {
    enable = lib.mkForce true;
  };
  users.users = lib.mkMerge [
    { alice.isNormalUser = true; }
    (lib.mkIf true { bob.isNormalUser = true; })
  ];
  environment.systemPackages = with pkgs; [
    git
    htop
  ];
  systemd.services = { } // { app.script = "x"; };
  boot = if port == 80 then { tmp.cleanOnBoot = true; } else { tmp.cleanOnBoot = false; };
  security.${"pam"}.enable = true;
  programs = builtins.listToAttrs [ ];
}
`

func TestLocate(t *testing.T) {
	s := Parse("configuration.nix", configuration)
	require.NotNil(t, s)
	for path, want := range map[string]int{
		"networking.hostName":                            8,
		"services.nginx.enable":                          10,
		`services.nginx.virtualHosts."example.org".root`: 12,
		"services.openssh.enable":                        16,
		"users.users.alice.isNormalUser":                 19,
		"users.users.bob.isNormalUser":                   20,
		"systemd.services.app.script":                    26,
		"security.pam.enable":                            28,
		"programs.git.enable":                            29, // the set around it is computed
		"services.nginx.virtualHosts.other.root":         11,
		"nowhere.at.all":                                 0,
	} {
		line, _ := s.Locate(SplitPath(path), "", 0)
		assert.Equal(t, want, line, path)
	}
	line, _ := s.Locate([]string{"boot", "tmp", "cleanOnBoot"}, "false", 0)
	assert.Equal(t, 27, line)
	line, elems := s.Locate([]string{"environment", "systemPackages"}, "", 2)
	assert.Equal(t, 22, line)
	assert.Equal(t, []int{23, 24}, elems)
	_, elems = s.Locate([]string{"environment", "systemPackages"}, "", 3)
	assert.Nil(t, elems, "the list is not the one that is written")

	// Of two machines in a file, the value tells.
	two := Parse("flake.nix", "{ a = mk { networking.hostName = \"a\"; };\n  b = mk { networking.hostName = \"b\"; }; }")
	line, _ = two.Locate([]string{"networking", "hostName"}, `"b"`, 0)
	assert.Equal(t, 2, line)
	line, _ = two.Locate([]string{"networking", "hostName"}, `"a"`, 0)
	assert.Equal(t, 1, line)

	assert.Nil(t, Parse("x.nix", "{"))
	line, _ = (*Source)(nil).Locate([]string{"a"}, "", 0)
	assert.Zero(t, line)
}

func TestReads(t *testing.T) {
	s := Parse("nginx.nix", `{ config, ... }: let cfg = config.services.nginx; in {
		config = { x = cfg.enable; y = config.networking.firewall.enable or true; z = config.security.acme ? certs; w = config.users.users.${cfg.user}.uid; };
	}`)
	var got []string
	for _, path := range s.Reads() {
		got = append(got, JoinPath(path))
	}
	assert.ElementsMatch(t, []string{"services.nginx", "services.nginx.enable", "networking.firewall.enable", "security.acme", "users.users", "services.nginx.user"}, got)
}

func TestPaths(t *testing.T) {
	for _, path := range [][]string{{"a"}, {"a", "b.c", "d"}, {"", "x"}, {`q"u\o`, "y"}, {"a\nb", "${x}"}, {"1", "if"}} {
		assert.Equal(t, path, SplitPath(JoinPath(path)), JoinPath(path))
	}
	assert.Equal(t, `services."a.b".enable`, JoinPath([]string{"services", "a.b", "enable"}))
}

// option returns an option of a test, declared in a module.
func option(name, module, value string, line int) *Option {
	return &Option{Name: name, Declared: []string{module}, Definitions: []Definition{{File: "c.nix", Line: line, Value: value}}}
}

// list returns an option that is a list.
func list(name string, elems ...string) *Option {
	o := &Option{Name: name, Definitions: []Definition{{File: "c.nix", Line: 1, Value: strings.Join(elems, " "), Elems: []Elem{}}}}
	for i, e := range elems {
		o.Definitions[0].Elems = append(o.Definitions[0].Elems, Elem{e, i + 2})
	}
	return o
}

func TestCompare(t *testing.T) {
	before := &Record{
		Trees: map[string]string{"nixpkgs": "1"},
		Options: map[string]*Option{
			"services.web.port":            option("services.web.port", "<web.nix>", "80", 3),
			"services.ssh.enable":          option("services.ssh.enable", "<ssh.nix>", "true", 4),
			"environment.systemPackages":   list("environment.systemPackages", "«git-1.0»", "«htop-3»"),
			"moved":                        option("moved", "<x.nix>", "1", 8),
			"home.sessionVariables.EDITOR": option("home.sessionVariables", "<home.nix>", `"vi"`, 10),
			"systemd.user.services.x.run":  option("systemd.user.services", "<user.nix>", `"a"`, 11),
			"boot.kernelParams":            list("boot.kernelParams", `"quiet"`),
		},
		Parts: map[string]map[string]Part{
			"unit":     {"web.service": {"a", []string{"<web.nix>"}}, "sshd.service": {"b", []string{"<ssh.nix>"}}, "other.service": {"c", []string{"<other.nix>"}}},
			"package":  {"git": {"1.0 aaaa", nil}, "htop": {"3 bbbb", nil}},
			"variable": {"EDITOR": {`"vi"`, nil}}, "user unit": {"x.service": {"1", nil}},
			"file": {"far": {"1", []string{"<far.nix>"}}, "motd": {"1", nil}},
		},
		Defined: map[string][]string{"security.acme.certs": {"<web.nix>"}},
	}
	after := &Record{
		Trees: map[string]string{"nixpkgs": "1"},
		Options: map[string]*Option{
			"services.web.port":            option("services.web.port", "<web.nix>", "8080", 3),
			"environment.systemPackages":   list("environment.systemPackages", "«git-2.0»", "«htop-3»"),
			"moved":                        option("moved", "<x.nix>", "1", 18),
			"home.sessionVariables.EDITOR": option("home.sessionVariables", "<home.nix>", `"ed"`, 10),
			"systemd.user.services.x.run":  option("systemd.user.services", "<user.nix>", `"b"`, 11),
			"boot.kernelParams":            list("boot.kernelParams", `"quiet"`, `"nosmt"`),
			"environment.etc.motd.text":    option("environment.etc", "<etc.nix>", `"hi"`, 9),
		},
		Parts: map[string]map[string]Part{
			"unit":     {"web.service": {"A", []string{"<web.nix>"}}, "other.service": {"C", []string{"<other.nix>"}}},
			"package":  {"git": {"2.0 cccc", nil}, "htop": {"3 bbbb", nil}},
			"variable": {"EDITOR": {`"ed"`, nil}}, "user unit": {"x.service": {"2", nil}}, "kernel parameter": {"nosmt": {"yes", nil}},
			"file": {"far": {"2", []string{"<far.nix>"}}, "motd": {"2", nil}},
		},
		Defined: map[string][]string{"security.acme.certs": {"<web.nix>"}},
	}
	modules := map[string]string{
		"<other.nix>": "{ config, ... }: { x = config.services.ssh.enable; }", // which reads what has changed
		"<far.nix>":   "{ config, ... }: { x = config.security.acme.certs; }", // which reads what a module defines that declares it
	}
	source := func(file string) *Source {
		if text, ok := modules[file]; ok {
			return Parse(file, text)
		}
		return nil
	}
	rel := func(file string) string { return "./" + file }
	assert.Equal(t, `boot.kernelParams: + "nosmt"  ./c.nix:3
    kernel parameter: + nosmt
environment.etc.motd.text: + "hi"  ./c.nix:9
    file: ~ motd
environment.systemPackages: - «git-1.0» + «git-2.0»  ./c.nix:2
    package: ~ git 1.0 → 2.0
home.sessionVariables.EDITOR: "vi" → "ed"  ./c.nix:10
    variable: ~ EDITOR
services.ssh.enable: - true  ./c.nix:4 (was)
    units: ~ other.service, - sshd.service
services.web.port: 80 → 8080  ./c.nix:3
    file: ~ far
    unit: ~ web.service
systemd.user.services.x.run: "a" → "b"  ./c.nix:11
    user unit: ~ x.service`, strings.Join(Compare(before, after, source).Lines(Style{}, rel), "\n"))
	assert.True(t, Compare(before, before, source).Empty())

	// What no changed definition explains is said to be so.
	after.Options = before.Options
	lines := strings.Join(Compare(before, after, source).Lines(Style{}, rel), "\n")
	assert.Contains(t, lines, "by something that is not defined in files, such as a variable or an argument:\n")
	after.Trees = map[string]string{"nixpkgs": "2"}
	lines = strings.Join(Compare(before, after, source).Lines(Style{}, rel), "\n")
	assert.Contains(t, lines, "nixpkgs: 1 → 2\nby another version of nixpkgs:\n")
}

func TestApart(t *testing.T) {
	long := strings.Repeat("x", 70)
	a, b := apart(long+"/bin/a", long+"/bin/b --flag")
	assert.Equal(t, "…xxxxxxx/bin/a", a)
	assert.Equal(t, "…xxxxxxx/bin/b --flag", b)
	a, b = apart("80", "8080")
	assert.Equal(t, "80 8080", a+" "+b)
}

func TestRecord(t *testing.T) {
	dir := t.TempDir() + "/records"
	r := &Record{Path: "/nix/store/abc-system", Label: "1", Options: map[string]*Option{"a": option("a", "<m>", "1", 2)}}
	got, err := Load(r.Path, dir)
	require.NoError(t, err)
	assert.Nil(t, got)
	require.NoError(t, r.Save(dir))
	got, err = Load(r.Path, t.TempDir(), dir)
	require.NoError(t, err)
	assert.Equal(t, r, got)
	require.NoError(t, (&Record{Path: "/nix/store/def-system"}).Save(dir))
	require.NoError(t, Prune(dir, func(base string) bool { return base == "abc-system" }))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 1)
	assert.Equal(t, Name(r.Path), left[0].Name())

	require.NoError(t, os.WriteFile(dir+"/"+Name(r.Path), []byte("x"), 0o644))
	_, err = Load(r.Path, dir)
	assert.ErrorContains(t, err, "cannot be read")
}
