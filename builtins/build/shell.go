package build

// This file defines what a shell finds that stands in for the builder of a derivation.

import (
	"context"
	"fmt"
	"strconv"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
)

// A Shell is what a shell finds that stands in for the builder of a derivation.
type Shell struct {
	Env   map[string]string // the variables of the derivation; none of its surroundings
	Files map[string]string // contents, by names in the folder
	Attrs string            // declarations of structured attributes; "" if there are none
}

// ShellOf returns what a shell finds in place of the builder of a derivation, whose inputs are
// valid. Its files are to be written to dir. Outputs are placeholders in structured attributes.
func ShellOf(ctx context.Context, s store.Store, drvPath, dir string) (*Shell, error) {
	b := &Builder{objects: s, dir: s.Dir(), refs: map[string][]string{}, drvs: map[string]*drv.Derivation{}, modulos: map[string]*drv.Modulo{}}
	b.Experimental = []string{"ca-derivations", "impure-derivations", "dynamic-derivations", "git-hashing", "blake3-hashes"} // as far as the store has them
	d, err := b.derivation(ctx, drvPath)
	if err != nil {
		return nil, err
	}
	if d.NeedsResolving(false) {
		if d, err = b.resolveKnown(ctx, d); err != nil {
			return nil, err
		}
	}
	opts, err := b.optionsOf(d)
	if err != nil {
		return nil, &Error{Status: MiscFailure, Drv: drvPath, Msg: err.Error(), Frame: fmt.Sprintf("while parsing derivation '%s'", drvPath), cause: err}
	}
	found := &surroundings{env: map[string]string{}, files: map[string]string{}}
	a := &attempt{b: b, d: d, drvPath: drvPath, opts: opts}
	if opts.attrs != nil {
		if err := a.findInputs(ctx); err != nil {
			return nil, err
		}
		if err := a.structuredFiles(ctx, found, dir); err != nil {
			return nil, err
		}
	}
	files := 0
	for _, v := range d.Env {
		switch {
		case v.Name == drv.StructuredAttrs:
		case opts.passAsFile[v.Name]:
			name := ".attr-" + strconv.Itoa(files)
			files++
			found.files[name] = v.Value
			found.env[v.Name+"Path"] = dir + "/" + name
		default:
			found.env[v.Name] = v.Value
		}
	}
	return &Shell{Env: found.env, Files: found.files, Attrs: found.files[".attrs.sh"]}, nil
}
