//go:build unix

package main

// This file defines the test of what users are told of mistakes in flakes.

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFlakeMistakes makes the mistakes in corpus/mistakes/flakes. Each is an archive: the words
// behind "$" in its comment are the arguments of firn and of nix, the lines below, if there are
// any, commands of a shell that come first; then come the files. NAME.txt is what firn says,
// NAME.nix.txt what C++ Nix 2.34.8 does.
//
//	UPDATE_MISTAKES=1 go test ./cmd/firn -run FlakeMistakes
//
// rewrites the first, and with FIRN_ORACLE the second as well.
func TestFlakeMistakes(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	cases, err := filepath.Glob("../../corpus/mistakes/flakes/*.txtar")
	require.NoError(t, err)
	require.Greater(t, len(cases), 15)
	self, err := os.Executable()
	require.NoError(t, err)
	for _, file := range cases {
		name := strings.TrimSuffix(file, ".txtar")
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			check := func(golden string, command ...string) {
				got := mistake(t, archive, command)
				if os.Getenv("UPDATE_MISTAKES") != "" {
					require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
				}
				want, err := os.ReadFile(golden)
				require.NoError(t, err)
				assert.Equal(t, string(want), got)
			}
			check(name+".txt", self)
			if oracle, ok := strings.CutSuffix(os.Getenv("FIRN_ORACLE"), "nix-instantiate"); ok {
				check(name+".nix.txt", append(strings.Fields(oracle), "nix")...)
			}
		})
	}
}

// What differs from run to run in messages.
var (
	mistakeHash = regexp.MustCompile(`sha256-[A-Za-z0-9+/%]{43}(=|%3D)`)
	mistakePath = regexp.MustCompile(`(/W/root)?/nix/store/[a-z0-9]{32}`)
	mistakeDate = regexp.MustCompile(`\(20\d\d-\d\d-\d\d\)`)
	mistakeTime = regexp.MustCompile(`lastModified=\d+`)
)

// mistake returns what a command says in the folder that an archive describes. The temporary
// folder is called /W in it.
func mistake(t *testing.T, archive *txtar.Archive, command []string) string {
	t.Helper()
	top, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	dir := filepath.Join(top, "w")
	script, args := "set -e\n", []string{}
	for line := range strings.Lines(string(archive.Comment)) {
		if words, ok := strings.CutPrefix(line, "$ "); ok {
			args = strings.Fields(words)
		} else if len(args) > 0 {
			script += line
		}
	}
	for _, f := range archive.Files {
		path := filepath.Join(dir, f.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, bytes.ReplaceAll(f.Data, []byte("/W/"), []byte(top+"/")), 0o644))
	}
	conf := "experimental-features = nix-command flakes fetch-tree\nflake-registry =\nsubstituters =\nbuild-users-group =\ndownload-attempts = 1\n"
	require.NoError(t, os.MkdirAll(filepath.Join(top, "conf"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(top, "conf", "nix.conf"), []byte(conf), 0o644))
	env := []string{
		asFirn + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + top + "/home", "XDG_CACHE_HOME=" + top + "/cache", "NIX_CONF_DIR=" + top + "/conf",
		"NIX_REMOTE=local?root=" + top + "/root", "ORACLE_ROOT=" + os.Getenv("ORACLE_ROOT"), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
	}
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		env = append(env, "GIT_"+who+"_NAME=Alice", "GIT_"+who+"_EMAIL=alice@example.org", "GIT_"+who+"_DATE=2024-01-02T03:04:05Z")
	}
	setup := exec.Command("sh", "-c", strings.ReplaceAll(script, "/W/", top+"/"))
	setup.Dir, setup.Env = dir, env
	out, err := setup.CombinedOutput()
	require.NoError(t, err, "%s", out)
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "/W/", top+"/")
	}
	cmd := exec.Command(command[0], append(command[1:], args...)...)
	cmd.Dir, cmd.Env = dir, env
	out, err = cmd.CombinedOutput()
	require.Error(t, err, "%s", out)
	text := strings.ReplaceAll(string(out), top, "/W")
	text = mistakeHash.ReplaceAllString(text, "sha256-…=")
	text = mistakePath.ReplaceAllString(text, "/nix/store/…")
	text = mistakeDate.ReplaceAllString(text, "(…)")
	return mistakeTime.ReplaceAllString(text, "lastModified=…")
}
