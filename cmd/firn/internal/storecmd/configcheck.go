package storecmd

// This file defines the command that looks for mistakes in how Nix is set up.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/wire"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
)

// Config are the commands about how Nix is set up.
type Config struct {
	Check ConfigCheck `cmd:"" help:"Check the system for possible problems."`
}

// ConfigCheck checks the programs in PATH and the connection to the store.
type ConfigCheck struct{}

// exitProblem is the exit status if a check has failed.
const exitProblem = 2

// Run prints what each check has found.
func (c *ConfigCheck) Run(ctx context.Context, e *Env) error {
	ref, err := stores.Parse(e.Set.Text("store"))
	if err != nil {
		return err
	}
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	url, ok := e.stores().URL(ref, true), true
	check := func(problem, fine string) {
		if problem == "" {
			e.Log.Say(dropin.Notice, "[PASS] "+fine)
			return
		}
		ok = false
		e.Log.Say(dropin.Notice, "[FAIL] "+problem)
	}
	e.Log.Say(dropin.Notice, "Running checks against store uri: "+url)
	_, onDisk := s.(*local.Store)
	served, isDaemon := s.(*daemon.Store)
	if onDisk || isDaemon && (ref.Scheme == "auto" || ref.Scheme == "daemon" || ref.Scheme == "unix") {
		check(severalPrograms(e.Getenv("PATH")), "PATH contains only one nix version.")
	}
	trust := "Store uri: " + url + " doesn't have a notion of trusted user"
	switch {
	case isDaemon:
		hello, err := served.Hello(ctx)
		if err != nil {
			return err
		}
		problem := ""
		if hello.Version != wire.Newest {
			problem = fmt.Sprintf("The daemon speaks another version of the protocol than this program, which need not be a problem:\n"+
				"%s, and not %s.", hello.Version, wire.Newest)
		}
		check(problem, "Client protocol matches store protocol.")
		switch hello.Trust {
		case wire.Trusted:
			trust = "You are trusted by store uri: " + url
		case wire.NotTrusted:
			trust = "You are not trusted by store uri: " + url
		}
	case onDisk, ref.Scheme == "dummy", ref.Scheme == "file":
		trust = "You are trusted by store uri: " + url
	}
	e.Log.Say(dropin.Notice, "[INFO] "+trust)
	if !ok {
		return dropin.Exit(exitProblem)
	}
	return nil
}

// severalPrograms returns what is wrong with a search path: it has several programs called nix-env, or none; "" if nothing is.
func severalPrograms(search string) string {
	var dirs []string
	for _, dir := range filepath.SplitList(search) {
		candidate := filepath.Join(dir, "nix-env")
		if _, err := os.Stat(candidate); err != nil {
			continue
		}
		if real, err := filepath.EvalSymlinks(candidate); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	slices.Sort(dirs)
	switch dirs = slices.Compact(dirs); len(dirs) {
	case 0:
		return "No nix-env found in PATH."
	case 1:
		return ""
	}
	return "Multiple versions of nix found in PATH:\n  " + strings.Join(dirs, "\n  ")
}
