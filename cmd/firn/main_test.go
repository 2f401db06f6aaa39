package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// asFirn is the environment variable that makes the test binary be firn.
const asFirn = "FIRN_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asFirn) != "" {
		main()
		return
	}
	testscript.Main(m, map[string]func(){"firn": main, "nix-instantiate": main})
}

// Each file in testdata/script is a session, with what it must print.
func TestScript(t *testing.T) { runScripts(t, "testdata/script") }

// Each file in corpus/calls is how a program calls nix-instantiate.
func TestCalls(t *testing.T) { runScripts(t, filepath.Join("..", "..", "corpus", "calls")) }

func runScripts(t *testing.T, dir string) {
	testscript.Run(t, testscript.Params{
		Dir:           dir,
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"inst": inst, "readlinks": readlinks},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", "/home/alice")
			for name, value := range instEnv {
				env.Setenv(name, value)
			}
			return nil
		},
	})
}
