//go:build linux

package main

// This file defines the test of a home: its generations are switched in namespaces as those of
// a machine are. The modules are ours; what is activated, and how, is as with Home Manager.

import (
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHome(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	const home, link = "/home/alice", "/home/alice/.local/state/nix/profiles/home-manager"
	require.NoError(t, os.MkdirAll(home+"/.config/home-manager", 0o755))
	run := func(args ...string) (string, error) {
		cmd := exec.Command("/firn", append([]string{"home"}, args...)...)
		cmd.Env = []string{asFirn + "=1", "HOME=" + home, "USER=alice", "PATH=/usr/bin:/bin", "NO_COLOR=1", "NIX_PATH=home-manager=/machine/home-manager"}
		cmd.Dir = home
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	must := func(args ...string) string {
		t.Helper()
		out, err := run(args...)
		require.NoError(t, err, "%s: %s", args, out)
		return out
	}
	configure := func(text string) {
		text = "{ ... }: {\n  home.username = \"alice\";\n  home.stateVersion = \"1\";\n  home.file.\".profile\".text = \"umask 022\";\n" + text + "\n}\n"
		require.NoError(t, os.WriteFile(home+"/.config/home-manager/home.nix", []byte(text), 0o644))
	}

	out, err := run("switch")
	require.Error(t, err)
	assert.Contains(t, out, "there is no configuration of a home at '/home/alice/.config/home-manager/home.nix'")

	configure("")
	out = must("switch")
	assert.Contains(t, out, "generation 1 is active")
	first := leads(link)
	assert.Equal(t, first, leads(home+"/.local/state/home-manager/gcroots/current-home"))
	assert.FileExists(t, home+"/.profile")

	// What is in the way is found before anything is written.
	require.NoError(t, os.WriteFile(home+"/.gitconfig", []byte("mine"), 0o644))
	configure("  programs.git = {\n    enable = true;\n    name = \"Alice\";\n  };")
	out, err = run("switch")
	require.Error(t, err)
	assert.Contains(t, out, "programs.git.enable: + true  ./.config/home-manager/home.nix:6\n")
	assert.Contains(t, out, "programs.git.name: + \"Alice\"  ./.config/home-manager/home.nix:7\n")
	assert.Contains(t, out, "file: + .gitconfig\n")
	assert.Contains(t, out, "Existing file '/home/alice/.gitconfig' is in the way")
	assert.Contains(t, out, "the home's generation is 1, as before")
	assert.Equal(t, first, leads(link))
	assert.NoFileExists(t, link+"-2-link")

	must("switch", "-b", "old")
	text, err := os.ReadFile(home + "/.gitconfig")
	require.NoError(t, err)
	assert.Equal(t, "[user]\nname = Alice\n", string(text))
	text, err = os.ReadFile(home + "/.gitconfig.old")
	require.NoError(t, err)
	assert.Equal(t, "mine", string(text))
	assert.NotEqual(t, first, leads(link))

	assert.Contains(t, must("diff"), "programs.git.name: + \"Alice\"  ./.config/home-manager/home.nix:7\n")
	must("rollback")
	assert.Equal(t, first, leads(link))
	assert.Regexp(t, `(?m)^   1 .*\(current, active\)\n   2 .*home-manager-generation$`, must("list"))
	assert.Contains(t, must("gc"), "deleted generation 2\n")
	assert.Contains(t, must("build", "--no-link"), "-home-manager-generation\n")
}
