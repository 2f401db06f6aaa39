package report

// This file defines the options that an evaluator gives for reports on its errors.

import (
	"path"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
)

// For returns options for errors of ev. main are the files and folders that the user
// named. host is where files are looked for; nil stands for that of ev, which may
// not show all of them. Entries of the search path that are URLs are no folders, and are left
// out; relative ones start at the folder of the evaluation.
func For(ev *core.Evaluator, host world.Host, main ...string) Options {
	is := ev.Options()
	if host == nil {
		host = is.Host
	}
	opt := Options{
		Main: main, Host: host, World: is.Host,
		Copies: ev.Copies(), Texts: ev.Files(), Globals: []string{"builtins"},
	}
	if is.Copier != nil {
		opt.StoreDir = is.Copier.Dir()
		opt.Hidden = is.Copier.Hidden()
		for to, from := range is.Copier.Sources() {
			opt.Copies[to] = from
		}
	}
	for _, e := range is.SearchPath {
		if p := e.Path; path.IsAbs(p) {
			opt.Library = append(opt.Library, path.Clean(p))
		} else if !strings.Contains(p, ":") {
			opt.Library = append(opt.Library, path.Join("/", is.Dir, p))
		}
	}
	opt.Absent = map[string]string{}
	for _, b := range is.Builtins {
		switch {
		case b.Hidden:
		case b.Experimental != "" && !is.Features[b.Experimental]:
			opt.Absent[b.Name] = b.Experimental
		case b.Impure && is.Pure:
			opt.Absent[b.Name] = ""
		default:
			opt.Globals = append(opt.Globals, "builtins."+b.Name)
		}
	}
	return opt
}
