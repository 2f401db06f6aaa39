package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/build/sandbox"
	"github.com/firn-lang/firn/builtins/system"
)

// asFirn is the environment variable that makes the test binary be firn.
const asFirn = "FIRN_TEST_MAIN"

func TestMain(m *testing.M) {
	sandbox.Main()
	system.Main()
	if os.Getenv(asFirn) != "" {
		main()
		return
	}
	commands := map[string]func(){"firn": main}
	for name := range programs {
		commands[name] = main
	}
	testscript.Main(cached{m}, commands)
}

// cached runs tests with a folder for caches of their own: they are not the user's.
type cached struct{ *testing.M }

func (c cached) Run() int {
	dir, err := os.MkdirTemp("", "firn-test-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	os.Setenv(cacheHome, dir)
	return c.M.Run()
}

const cacheHome = "XDG_CACHE_HOME"

// Each file in testdata/script is a session, with what it must print.
func TestScript(t *testing.T) {
	files := slices.DeleteFunc(scripts(t, "testdata/script/*.txtar"), isRecorded)
	runScripts(t, files, os.Getenv("UPDATE_SCRIPTS") != "")
}

// TestRecorded runs the sessions of nix-instantiate that the reference recorded, and
// those in corpus/calls, of how programs call it. Only the reference rewrites them.
func TestRecorded(t *testing.T) {
	files := append(scripts(t, "testdata/script/"+recorded+"*.txtar"), scripts(t, "../../corpus/calls/*.txtar")...)
	runScripts(t, files, os.Getenv("UPDATE_SCRIPTS") != "" && os.Getenv("FIRN_ORACLE") != "")
}

func scripts(t *testing.T, pattern string) []string {
	files, err := filepath.Glob(filepath.FromSlash(pattern))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

// recorded is what names of sessions begin with that the reference recorded.
const recorded = "instantiate-r-"

func isRecorded(file string) bool { return strings.HasPrefix(filepath.Base(file), recorded) }

func runScripts(t *testing.T, files []string, update bool) {
	testscript.Run(t, testscript.Params{
		Files:         files,
		UpdateScripts: update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"inst": inst, "readlinks": readlinks, "list": list, "damage": damage},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", "/home/alice")
			env.Setenv(cacheHome, os.Getenv(cacheHome))
			for name, value := range instEnv {
				env.Setenv(name, value)
			}
			return nil
		},
	})
}

// damage is a command of scripts: it takes the last byte from each file of the folders.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	for _, dir := range args {
		entries, err := os.ReadDir(ts.MkAbs(dir))
		ts.Check(err)
		for _, e := range entries {
			info, err := e.Info()
			ts.Check(err)
			ts.Check(os.Truncate(filepath.Join(ts.MkAbs(dir), e.Name()), info.Size()-1))
		}
	}
}
