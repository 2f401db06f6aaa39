package build

// This file defines what is known of the paths of outputs, before a build and after it.

import (
	"context"
	"fmt"
	"slices"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
)

// has reports whether an experimental feature is on.
func (b *Builder) has(feature string) bool { return slices.Contains(b.Experimental, feature) }

// require returns an error unless an experimental feature is on.
func (b *Builder) require(feature string) error {
	if b.has(feature) {
		return nil
	}
	return &Error{Status: MiscFailure, Msg: fmt.Sprintf("experimental Nix feature '%[1]s' is disabled; add '--extra-experimental-features %[1]s' to enable it", feature)}
}

// realisations returns what the store knows of outputs; nil without content-addressed
// derivations.
func (b *Builder) realisations() store.Realisations {
	if !b.has("ca-derivations") {
		return nil
	}
	return b.objects.Realisations()
}

// modulo is a drv.Lookup that reads each derivation once.
func (b *Builder) modulo(ctx context.Context) drv.Lookup {
	var lookup drv.Lookup
	lookup = func(path string) (*drv.Modulo, error) {
		b.mu.Lock()
		m := b.modulos[path]
		b.mu.Unlock()
		if m != nil {
			return m, nil
		}
		d, err := b.derivation(ctx, path)
		if err == nil {
			m, err = d.Modulo(lookup)
		}
		if err != nil {
			return nil, err
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		b.modulos[path] = m
		return m, nil
	}
	return lookup
}

// outputID returns by which name stores know an output.
func (b *Builder) outputID(ctx context.Context, d *drv.Derivation, name string) (store.OutputID, error) {
	ids, err := store.OutputIDs(ctx, b.objects, d, b.modulo(ctx))
	return ids[name], err
}

// known returns the path of an output, and whether it is valid; "" if the path is not known.
// That an output is valid whose path follows from its derivation is noted as a realisation
// where there are such.
func (b *Builder) known(ctx context.Context, d *drv.Derivation, name string) (path string, valid bool, err error) {
	path = d.Output(name).Path
	if path != "" {
		if valid, err = b.objects.IsValid(ctx, path); err != nil {
			return "", false, err
		}
	}
	all := b.realisations()
	if all == nil {
		return path, valid, nil
	}
	id, err := b.outputID(ctx, d, name)
	if err != nil {
		return "", false, err
	}
	r, err := all.Realisation(ctx, id)
	switch {
	case err != nil:
		return "", false, err
	case r != nil:
		return r.Path, true, nil // a path that is not valid has no realisations
	case valid:
		return path, true, all.AddRealisation(ctx, &store.Realisation{ID: id, Path: path})
	}
	return path, false, nil
}

// realised notes which paths outputs of a derivation have, by their names.
func (b *Builder) realised(ctx context.Context, d *drv.Derivation, outputs map[string]string) error {
	all := b.realisations()
	if kind, err := d.Kind(); all == nil || err != nil || kind == drv.Impure {
		return err
	}
	ids, err := store.OutputIDs(ctx, b.objects, d, b.modulo(ctx))
	if err != nil {
		return err
	}
	for i := range d.Outputs {
		name := d.Outputs[i].Name
		if outputs[name] == "" {
			continue
		}
		r := &store.Realisation{ID: ids[name], Path: outputs[name]}
		if r.Signatures, err = b.sign(r.Fingerprint()); err != nil {
			return err
		}
		if err := all.AddRealisation(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// sign returns signatures of a fingerprint, sorted.
func (b *Builder) sign(fingerprint string) ([]string, error) {
	if b.Keys == nil {
		return nil, nil
	}
	keys, err := b.Keys()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, key := range keys {
		out = append(out, key.Sign(fingerprint))
	}
	slices.Sort(out)
	return out, nil
}
