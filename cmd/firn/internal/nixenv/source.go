package nixenv

// This file defines where packages come from.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
)

// A source says where the packages that operands name come from.
type source struct {
	kind    sourceKind
	profile string // of fromProfile
}

// A sourceKind is a kind of source.
type sourceKind uint8

const (
	fromNames       sourceKind = iota // names of packages in the expression, or store paths
	fromExpressions                   // functions that are given the expression
	fromProfile                       // names of packages in another profile
	fromAttributes                    // attributes of the expression
)

// sourceFlag takes a flag that says where packages come from; rest are the flags behind it.
func (r *run) sourceFlag(flag string, rest *[]string) bool {
	switch flag {
	case "--from-expression", "-E":
		r.source.kind = fromExpressions
	case "--from-profile":
		r.source.kind = fromProfile
		r.source.profile, *rest = (*rest)[0], (*rest)[1:]
	case "--attr", "-A":
		r.source.kind = fromAttributes
	default:
		return false
	}
	return true
}

// packages returns the packages that the operands name. With newest, names mean the best one
// of those with the same name.
func (r *run) packages(ctx context.Context, newest bool) ([]*element, error) {
	kind := r.source.kind
	switch {
	case kind == fromNames && len(r.args) > 0 && strings.Contains(r.args[0], "/"):
		return r.storePaths(ctx, r.args)
	case kind == fromProfile:
		all, err := r.installed(ctx, path.Clean(r.Absolute(r.source.profile)))
		if err != nil {
			return nil, err
		}
		return r.choose(ctx, all, r.args, newest)
	case kind == fromNames:
		all, err := r.available(ctx, "")
		if err != nil {
			return nil, err
		}
		return r.choose(ctx, all, r.args, newest)
	}
	root, err := r.expression(ctx)
	if err != nil {
		return nil, err
	}
	var out []*element
	for _, arg := range r.args {
		var v eval.Value
		if kind == fromAttributes {
			v, err = root.SelectWith(ctx, arg, r.given)
		} else if v, err = r.ev.Eval(ctx, eval.Text{Name: "«string»", Source: arg, Dir: r.Dir}); err == nil {
			v, err = v.Call(ctx, root)
		}
		if err != nil {
			return nil, err
		}
		found, err := v.Packages(ctx, "", r.given)
		if err != nil {
			return nil, err
		}
		out = append(out, elementsOf(found)...)
	}
	return out, nil
}

// available returns the packages of the expression, or of an attribute of it.
func (r *run) available(ctx context.Context, attr string) ([]*element, error) {
	root, err := r.expression(ctx)
	if err != nil {
		return nil, err
	}
	if root, err = root.SelectWith(ctx, attr, r.given); err != nil {
		return nil, err
	}
	found, err := root.Packages(ctx, attr, r.given)
	if err != nil {
		return nil, err
	}
	all := elementsOf(found)
	if r.systemFilter == "*" {
		return all, nil
	}
	var some []*element
	for _, e := range all {
		system, err := e.System(ctx)
		if err != nil {
			return nil, err
		}
		if system == r.systemFilter {
			some = append(some, e)
		}
	}
	return some, nil
}

// expression returns the value of the expression that packages are taken of.
func (r *run) expression(ctx context.Context) (v eval.Value, err error) {
	file := r.expressions()
	if r.file != "" {
		if file, err = setup.FileArg(ctx, r.Streams, r.Set, r.ev, r.file); err != nil {
			return v, err
		}
	}
	info, err := os.Stat(filepath.FromSlash(file))
	if err == nil && info.IsDir() && !exists(path.Join(file, "default.nix")) {
		return r.folder(ctx, file)
	}
	return r.ev.EvalMain(ctx, file)
}

func exists(file string) bool {
	_, err := os.Stat(filepath.FromSlash(file))
	return err == nil
}

// maxExpressions is how many expressions a folder of them may have.
const maxExpressions = 1024

// folder returns the set of the expressions in a folder and those below it, each under its name.
// None of them is evaluated.
func (r *run) folder(ctx context.Context, dir string) (eval.Value, error) {
	all := map[string]any{"_combineChannels": []any{}}
	if err := r.collect(ctx, dir, all); err != nil {
		return eval.Value{}, err
	}
	return r.ev.Encode(ctx, all)
}

// collect adds the expressions in a folder and those below it to a set.
func (r *run) collect(ctx context.Context, dir string, all map[string]any) error {
	entries, err := os.ReadDir(filepath.FromSlash(dir)) // sorted by name
	if err != nil {
		return storecmd.FileError(err)
	}
	for _, e := range entries {
		name, file := e.Name(), path.Join(dir, e.Name())
		if name == "manifest.nix" {
			continue // of a profile, as channels are
		}
		info, err := os.Stat(filepath.FromSlash(file))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return storecmd.FileError(err)
		case info.IsDir() && !exists(path.Join(file, "default.nix")):
			if err := r.collect(ctx, file, all); err != nil {
				return err
			}
			continue
		}
		if real, err := filepath.EvalSymlinks(filepath.FromSlash(file)); err == nil {
			file = filepath.ToSlash(real)
		}
		if !info.IsDir() && !strings.HasSuffix(file, ".nix") {
			continue
		}
		attr := strings.TrimSuffix(name, ".nix")
		if _, taken := all[attr]; taken {
			hint := ""
			if strings.Contains(file, "channels") && strings.Contains(dir, "channels") {
				hint = fmt.Sprintf("\nsuggestion: remove '%s' from either the root channels or the user channels", attr)
			}
			r.Log.Say(dropin.Error, fmt.Sprintf("warning: name collision in input Nix expressions, skipping '%s'%s", file, hint))
			continue
		}
		if len(all) > maxExpressions {
			return dropin.Failure("too many Nix expressions in directory '%s'", dir)
		}
		if all[attr], err = r.ev.Delay(ctx, eval.Text{Source: "import " + quote(file), Dir: r.Dir}); err != nil {
			return err
		}
	}
	return nil
}

// quote returns a text as a string of Nix.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", `\${`).Replace(text) + `"`
}

// installed returns the packages of the user environment that a profile leads to.
func (r *run) installed(ctx context.Context, profile string) ([]*element, error) {
	if exists(path.Join(profile, "manifest.json")) {
		return nil, fmt.Errorf("profile \"%s\" is incompatible with 'nix-env'; please use 'nix profile' instead", profile)
	}
	manifest := filepath.Join(filepath.FromSlash(profile), "manifest.nix")
	if _, err := os.Lstat(manifest); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	real, err := filepath.EvalSymlinks(manifest) // an error for a link that leads nowhere
	if err != nil {
		return nil, storecmd.FileError(err)
	}
	found, err := storecmd.ManifestPackages(ctx, r.ev, filepath.ToSlash(real))
	return elementsOf(found), err
}

// storePaths returns store objects, or the outputs of derivations, as packages.
func (r *run) storePaths(ctx context.Context, names []string) ([]*element, error) {
	var out []*element
	for _, name := range names {
		p, err := r.FollowLinks(r.store, name)
		if err != nil {
			return nil, err
		}
		base, err := r.store.Dir().Parse(p)
		if err != nil {
			return nil, err
		}
		e := &element{name: base.Name(), outPath: p, drvPath: new(string)}
		if strings.HasSuffix(p, storepath.DrvExtension) {
			d, err := store.ReadDerivation(ctx, r.store, p)
			if err != nil {
				return nil, err
			}
			o := d.Output("out")
			if o == nil || o.Path == "" {
				return nil, dropin.Failure("the derivation '%s' doesn't have an output named '%s'", p, "out")
			}
			e.outPath, e.drvPath = o.Path, &p
		}
		out = append(out, e)
	}
	return out, nil
}
