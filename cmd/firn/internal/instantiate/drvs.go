package instantiate

// This file defines instantiation: what is printed of derivations, and the links to them.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
)

// openTarget opens the store that the command line names.
func (p *program) openTarget(ctx context.Context) error {
	ref := p.Set.Text("store")
	if p.evalStore != "" {
		ref = p.evalStore
	}
	p.env = storecmd.NewEnv(p.Program)
	s, err := p.env.OpenStore(ctx, ref)
	var file *fs.PathError
	switch {
	case errors.As(err, &file):
		return fmt.Errorf("the store cannot be opened: %w\nWith --store DIR, there is a store in a folder of yours; with --dry-run, paths are printed and nothing is written", err)
	case err != nil:
		return err
	}
	p.target = p.env.Target(s, ref)
	return nil
}

// closeStores closes what openTarget has opened.
func (p *program) closeStores() error {
	if p.env == nil {
		return nil
	}
	return p.env.Close()
}

// instantiate writes the derivations in v to the store, and prints their paths, which it keeps by
// key. If one of them cannot be evaluated, those before it are written and printed all the same.
func (p *program) instantiate(ctx context.Context, key string, v eval.Value) error {
	args := p.args
	if p.shell != nil {
		forced, err := v.Force(ctx)
		if err != nil {
			return err
		}
		args = p.shell.args(forced, args)
	}
	found, err := v.Derivations(ctx, args)
	if err != nil {
		return err
	}
	var list []made
	for _, d := range found {
		var m made
		if m.DrvPath, m.Output, err = d.Instantiate(ctx); err != nil {
			break
		}
		list = append(list, m)
	}
	if len(list) == 0 {
		return err
	}
	if p.target != nil {
		if err := p.target.Save(ctx, false); err != nil {
			return err
		}
	}
	if err == nil && key != "" {
		if text, err := json.Marshal(list); err == nil {
			p.kept.Keep(key, text)
		}
	}
	if failed := p.printAll(ctx, list); failed != nil {
		return failed
	}
	return err
}

// printAll prints the paths of derivations, or remembers them to be built.
func (p *program) printAll(ctx context.Context, list []made) error {
	if p.build != nil {
		for _, m := range list {
			p.build.wanted = append(p.build.wanted, wanted{m.DrvPath, m.Output})
		}
		return nil
	}
	for _, m := range list {
		if err := p.printDerivation(ctx, m.DrvPath, m.Output); err != nil {
			return err
		}
	}
	return nil
}

// printDerivation prints the path of a derivation, or of the link to it.
func (p *program) printDerivation(ctx context.Context, drvPath, output string) (err error) {
	shown := drvPath
	switch {
	case p.root == "":
		p.NoteRoot()
	case p.hasRoots():
		if shown, err = p.link(ctx, drvPath); err != nil {
			return err
		}
	}
	if output != "out" {
		shown += "!" + output
	}
	_, err = p.Text.WriteString(shown + "\n")
	return err
}

// hasRoots reports whether links make roots of the store. Nothing is collected in a binary
// cache, nor in a store that keeps nothing.
func (p *program) hasRoots() bool {
	if p.target == nil { // it was not opened
		return !strings.HasPrefix(p.Set.Text("store"), "dummy:")
	}
	return p.target.Store.Keeper() != nil
}

// link makes the next link to what is in the store, and returns where it is.
func (p *program) link(ctx context.Context, drvPath string) (string, error) {
	link := path.Clean(p.Absolute(p.root))
	if p.roots++; p.roots > 1 {
		link += fmt.Sprintf("-%d", p.roots)
	}
	dir := storepath.Dir(p.StoreDir(p.Set))
	if p.target != nil {
		dir = p.target.Store.Dir()
	}
	if dir.Contains(link) {
		return "", dropin.Failure("creating a garbage collector root (%s) in the Nix store is forbidden (are you running nix-build inside the store?)", link)
	}
	old, err := os.Readlink(link)
	isOurs := err == nil && dir.Contains(old)
	if _, err := os.Lstat(link); err == nil && !isOurs {
		return "", dropin.Failure("cannot create symlink \"%s\"; already exists", link)
	}
	if p.target != nil {
		return link, p.target.Store.Keeper().AddRoot(ctx, link, drvPath)
	}
	if isOurs {
		if err := os.Remove(link); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(path.Dir(link), 0o777); err != nil {
		return "", err
	}
	return link, os.Symlink(drvPath, link)
}
