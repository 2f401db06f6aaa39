package systemcmd

// This file tests the commands about generations that are there, of profiles without stores.

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
)

// testJob returns a job about a home whose profile has some generations, the last of which is the
// current one, and what it prints among the messages.
func testJob(t *testing.T, generations int) (j *job, messages *bytes.Buffer) {
	if filepath.Separator != '/' {
		t.Skip("profiles are symbolic links")
	}
	dir := t.TempDir()
	messages = &bytes.Buffer{}
	env := storecmd.NewEnv(dropin.New("firn", &setup.Streams{
		In: &bytes.Buffer{}, Out: &bytes.Buffer{}, Err: messages, Host: eval.OS(), Dir: dir, Home: dir,
		LookupEnv: func(string) (string, bool) { return "", false },
	}))
	j = &job{Env: env, kind: system.Home, profile: dir + "/profiles/home-manager", recordDirs: []string{dir + "/records"}}
	j.local = &system.Local{Profile: j.profile}
	j.machine = &system.Machine{Kind: system.Home, Host: j.local}
	require.NoError(t, os.Mkdir(dir+"/profiles", 0o755))
	for n := range generations {
		require.NoError(t, os.Symlink(fmt.Sprintf("/nix/store/%d", n+1), fmt.Sprintf("%s-%d-link", j.profile, n+1)))
	}
	if generations > 0 {
		require.NoError(t, os.Symlink(fmt.Sprintf("home-manager-%d-link", generations), j.profile))
	}
	return j, messages
}

// links returns the names of the links of generations.
func (j *job) links(t *testing.T) []string {
	list, err := filepath.Glob(j.profile + "-*-link")
	require.NoError(t, err)
	return list
}

// TestGCWithoutCurrent checks that no generation is deleted if the profile does not tell which one is
// needed.
func TestGCWithoutCurrent(t *testing.T) {
	for name, leads := range map[string]string{"no link": "", "a dangling one": "home-manager-9-link", "another one": "/nix/store/2"} {
		j, _ := testJob(t, 3)
		require.NoError(t, os.Remove(j.profile))
		if leads != "" {
			require.NoError(t, os.Symlink(leads, j.profile))
		}
		for _, f := range []gcFlags{{}, {Keep: 1}, {OlderThan: "1d"}, {DryRun: true}} {
			err := j.runGC(t.Context(), &f)
			assert.EqualError(t, err, "the profile '"+j.profile+"' leads to none of its generations, so that none is deleted; "+
				"make it lead to one with 'firn home switch' or 'firn home rollback --to 3' first", name)
			assert.Len(t, j.links(t), 3, name)
		}
	}
	j, _ := testJob(t, 3)
	assert.EqualError(t, j.runGC(t.Context(), &gcFlags{Keep: -5}), "--keep takes the number of generations to keep, and not -5")
	assert.Len(t, j.links(t), 3)
	s, err := j.local.Look(t.Context())
	require.NoError(t, err)
	numbers, err := j.choose(&gcFlags{Keep: 1}, s)
	require.NoError(t, err)
	assert.Equal(t, []int{1}, numbers)
}

// TestNoGenerations checks what commands say of a profile that has no generations yet, or of
// generations that are not there.
func TestNoGenerations(t *testing.T) {
	j, messages := testJob(t, 0)
	for _, err := range []error{
		j.runRollback(t.Context(), &rollbackFlags{}, system.Plan{}),
		j.runRollback(t.Context(), &rollbackFlags{To: 99}, system.Plan{}),
		j.runDiff(t.Context(), &diffFlags{}),
		j.runDiff(t.Context(), &diffFlags{Old: 1, New: 2}),
	} {
		assert.EqualError(t, err, "there are no generations yet")
	}
	require.NoError(t, j.runList(t.Context(), &listFlags{}))
	assert.Equal(t, "there are no generations yet\n", messages.String())

	j, _ = testJob(t, 2)
	for _, to := range []int{99, -1} {
		err := j.runRollback(t.Context(), &rollbackFlags{To: to}, system.Plan{})
		assert.EqualError(t, err, fmt.Sprintf("there is no such generation: %d", to))
	}
	require.NoError(t, os.Remove(j.profile))
	says := "the profile '" + j.profile + "' leads to none of its generations"
	assert.EqualError(t, j.runRollback(t.Context(), &rollbackFlags{}, system.Plan{}), says)
	assert.EqualError(t, j.runDiff(t.Context(), &diffFlags{}), says)
	err := j.runRollback(t.Context(), &rollbackFlags{To: 2}, system.Plan{Action: system.Switch})
	assert.EqualError(t, err, "'/nix/store/2' has no activate: it is no generation of Home Manager", "it is not compared with a current one")
}

// TestNoRoot checks that a folder is not made that --root names by mistake.
func TestNoRoot(t *testing.T) {
	j, _ := testJob(t, 0)
	_, err := (&placeFlags{Root: "new"}).open(j.Env)
	assert.EqualError(t, err, "there is no folder '"+j.Dir+"/new', which --root names")
	assert.NoDirExists(t, j.Dir+"/new")
}

// TestNoConfiguration checks that it is said which options name a configuration.
func TestNoConfiguration(t *testing.T) {
	j, _ := testJob(t, 0)
	ev, err := eval.New(eval.Options{Host: eval.OS(), Store: eval.Memory("/nix/store")})
	require.NoError(t, err)
	assert.EqualError(t, named(t.Context(), j.Env, ev), "no configuration is named, and there is no <nixpkgs/nixos>: --flake REF#NAME or --file FILE name one, "+
		"and so do -I nixos-config=FILE and -I nixpkgs=PATH together")
	require.NoError(t, os.MkdirAll(j.Dir+"/nixpkgs/nixos", 0o755))
	opt := eval.Options{Host: eval.OS(), Store: eval.Memory("/nix/store"), SearchPath: []eval.SearchPathEntry{{Prefix: "nixpkgs", Path: j.Dir + "/nixpkgs"}}}
	ev, err = eval.New(opt)
	require.NoError(t, err)
	assert.ErrorContains(t, named(t.Context(), j.Env, ev), "there is no <nixos-config>: ")
	opt.SearchPath = append(opt.SearchPath, eval.SearchPathEntry{Prefix: "nixos-config", Path: j.Dir})
	ev, err = eval.New(opt)
	require.NoError(t, err)
	require.NoError(t, named(t.Context(), j.Env, ev))
}
