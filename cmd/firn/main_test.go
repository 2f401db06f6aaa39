package main

import (
	"os"
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
	testscript.Main(m, map[string]func(){"firn": main})
}

// Each file in testdata/script is a session, with what it must print.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", "/home/alice")
			return nil
		},
	})
}
