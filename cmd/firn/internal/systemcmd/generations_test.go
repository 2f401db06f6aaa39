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
