package instantiate

// This file defines instantiation: what is printed of derivations, and the links to them.

import (
	"context"
	"fmt"
	"os"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/eval"
)

// instantiate prints the paths of the derivations in v.
func (p *program) instantiate(ctx context.Context, v eval.Value) error {
	found, err := v.Derivations(ctx, p.args)
	if err != nil {
		return err
	}
	for _, d := range found {
		if err := p.printDerivation(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// printDerivation prints the path of a derivation, or of the link to it.
func (p *program) printDerivation(ctx context.Context, v eval.Value) error {
	drvPath, output, err := v.Instantiate(ctx)
	if err != nil {
		return err
	}
	hasStore := p.hasStore()
	shown := drvPath
	switch {
	case p.root == "":
		p.NoteRoot()
	case p.root != "" && hasStore:
		if shown, err = p.link(drvPath); err != nil {
			return err
		}
	}
	if !p.ReadOnly {
		p.noteStore("derivations")
	}
	if output != "out" {
		shown += "!" + output
	}
	_, err = p.Text.WriteString(shown + "\n")
	return err
}

// hasStore reports whether the settings name a store that keeps what is written to it.
func (p *program) hasStore() bool { return !strings.HasPrefix(p.Set.Text("store"), "dummy:") }

// noteStore says once that things, which the user may expect in the store, are not there.
func (p *program) noteStore(things string) {
	if p.noted || !p.hasStore() {
		return
	}
	p.noted = true
	p.Log.Warn(things + " are computed, but not written to a store: firn does not do that yet")
}

// link makes the next link to what is in the store, and returns where it is.
func (p *program) link(target string) (string, error) {
	link := path.Clean(p.Absolute(p.root))
	if p.roots++; p.roots > 1 {
		link += fmt.Sprintf("-%d", p.roots)
	}
	dir := storepath.Dir(p.StoreDir(p.Set))
	if dir.Contains(link) {
		return "", dropin.Failure("creating a garbage collector root (%s) in the Nix store is forbidden (are you running nix-build inside the store?)", link)
	}
	if old, err := os.Readlink(link); err == nil && dir.Contains(old) {
		if err := os.Remove(link); err != nil {
			return "", err
		}
	} else if _, err := os.Lstat(link); err == nil {
		return "", dropin.Failure("cannot create symlink \"%s\"; already exists", link)
	}
	if err := os.MkdirAll(path.Dir(link), 0o777); err != nil {
		return "", err
	}
	return link, os.Symlink(target, link)
}
