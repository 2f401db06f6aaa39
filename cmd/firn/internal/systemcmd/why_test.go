package systemcmd

// This file compares generations of a web server of NixOS 26.11, if FIRN_NIXPKGS names a nixpkgs
// of that time. Nothing is built.

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/builtins/system/why"
	"github.com/firn-lang/firn/eval"
)

var update = flag.Bool("update", false, "write the files in testdata that tests compare with")

// edits are what is done to testdata/server.nix: texts, and what they become.
var edits = []struct{ name, from, to string }{
	{"a service is gone", "services.openssh.enable = true;\n", "\n"},
	{"a service is new", "services.openssh.enable = true;", "services.openssh.enable = true;\n  services.fail2ban.enable = true;"},
	{"a setting", "services.openssh.enable = true;", "services.openssh = { enable = true; settings.PermitRootLogin = \"no\"; };"},
	{"a package", "with pkgs; [\n    git", "with pkgs; [\n    git\n    ripgrep"},
	{"another package", "    htop\n", "    btop\n"},
	{"the name", `hostName = "web"`, `hostName = "www"`},
	{"a port", "[ 80 443 ]", "[ 80 443 8080 ]"},
	{"a user", "users.users.alice = { isNormalUser = true;", "users.users.bob.isNormalUser = true;\n  users.users.alice = { isNormalUser = true;"},
	{"a group of a user", `extraGroups = [ "wheel" ]`, `extraGroups = [ "wheel" "networkmanager" ]`},
	{"a unit of one's own", "ExecStart = \"${pkgs.hello}/bin/hello\"", "ExecStart = \"${pkgs.hello}/bin/hello --traditional\""},
	{"a host of the web server", "enableACME = true; forceSSL = true;", "addSSL = false;"},
	{"a condition", "monitored = true;", "monitored = false;"},
	{"two at once", "services.openssh.enable = true;\n", "services.avahi.enable = true;\n"},
}

// TestReadme checks that README.md shows what is printed of one of the edits.
func TestReadme(t *testing.T) {
	golden, err := os.ReadFile("testdata/server.txt")
	require.NoError(t, err)
	_, rest, ok := strings.Cut(string(golden), "# a setting\n")
	require.True(t, ok)
	block, _, _ := strings.Cut(rest, "\n\n")
	block = strings.ReplaceAll(block, " server.nix", " ./server.nix") // as it is called in its folder
	readme, err := os.ReadFile("../../../../README.md")
	require.NoError(t, err)
	assert.Contains(t, string(readme), "\n      "+strings.ReplaceAll(block, "\n", "\n      ")+"\n")
}

// recordOf evaluates a machine, and returns its record, and its files by their names there.
func recordOf(t *testing.T, nixpkgs, file string) (*why.Record, *collector) {
	ev, err := eval.New(eval.Options{Host: eval.OS(), Store: eval.Memory("/nix/store"), Limits: eval.Limits{Memory: eval.Unlimited}})
	require.NoError(t, err)
	c := &collector{kind: system.NixOS, shown: filepath.Base, text: readFile}
	var r *why.Record
	require.NoError(t, ev.Run(t.Context(), func(ctx context.Context) error {
		v, err := ev.EvalString(ctx, "import "+nixpkgs+`/nixos/lib/eval-config.nix { system = "x86_64-linux"; modules = [ `+file+" ]; }")
		if err == nil {
			r, err = c.collect(ctx, v)
		}
		return err
	}))
	return r, c
}

// readFile reads a file of the machine.
func readFile(_ context.Context, file string) (string, bool) {
	text, err := os.ReadFile(file)
	return string(text), err == nil
}

func TestServer(t *testing.T) {
	nixpkgs := os.Getenv("FIRN_NIXPKGS")
	if version, _ := os.ReadFile(nixpkgs + "/lib/.version"); strings.TrimSpace(string(version)) != "26.11" {
		t.Skip("FIRN_NIXPKGS does not name a nixpkgs of 26.11")
	}
	text, err := os.ReadFile("testdata/server.nix")
	require.NoError(t, err)
	dir := t.TempDir()
	file := dir + "/server.nix"
	write := func(text string) { require.NoError(t, os.WriteFile(file, []byte(text), 0o644)) }
	write(string(text))
	before, _ := recordOf(t, nixpkgs, file)
	var out strings.Builder
	for _, e := range edits {
		require.Contains(t, string(text), e.from, e.name)
		write(strings.Replace(string(text), e.from, e.to, 1))
		after, c := recordOf(t, nixpkgs, file)
		d := why.Compare(before, after, func(file string) *why.Source { return c.source(t.Context(), file) })
		assert.NotEmpty(t, d.Options, e.name)
		for _, o := range d.Options {
			assert.NotEmpty(t, o.Places(), "%s: %s", e.name, o.Path)
			for _, p := range o.Places() {
				assert.NotZero(t, p.Line, "%s: %s", e.name, o.Path)
			}
		}
		for _, p := range d.Parts {
			assert.NotEmpty(t, p.Causes, "%s: %s %s", e.name, p.Kind, p.Name)
		}
		out.WriteString("# " + e.name + "\n" + strings.Join(d.Lines(why.Style{}, filepath.Base), "\n") + "\n\n")
	}
	golden := "testdata/server.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(out.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
}
