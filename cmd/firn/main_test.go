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
)

// asFirn is the environment variable that makes the test binary be firn.
const asFirn = "FIRN_TEST_MAIN"

func TestMain(m *testing.M) {
	sandbox.Main()
	if os.Getenv(asFirn) != "" {
		main()
		return
	}
	commands := map[string]func(){"firn": main}
	for name := range programs {
		commands[name] = main
	}
	testscript.Main(m, commands)
}

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
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"inst": inst, "readlinks": readlinks, "list": list},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", "/home/alice")
			for name, value := range instEnv {
				env.Setenv(name, value)
			}
			return nil
		},
	})
}
