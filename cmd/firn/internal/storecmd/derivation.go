package storecmd

// This file defines the commands about derivations.

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/drv/drvjson"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// Derivation are the commands about derivations that the reference has.
type Derivation struct {
	Show DerivationShow `cmd:"" help:"Print derivations as JSON."`
	Add  DerivationAdd  `cmd:"" help:"Add the derivation that standard input has as JSON, and print its path."`
}

// DerivationCommands are all commands about derivations.
type DerivationCommands struct {
	Derivation
	Diff DerivationDiff `cmd:"" help:"Explain why two derivations differ, down to the inputs that are the reason."`
}

// DerivationShow prints derivations as JSON.
type DerivationShow struct {
	installables
	layoutFlags
	Recursive bool `short:"r" help:"Print also the derivations that they depend on, directly or not."`
}

// Run prints the derivations.
func (c *DerivationShow) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	targets, err := c.targets(ctx, e, s)
	if err != nil {
		return err
	}
	list, err := e.derivations(ctx, s, targets)
	if err != nil {
		return err
	}
	if c.Recursive {
		found, err := Closure(ctx, s, list)
		if err != nil {
			return notValid(err)
		}
		list = slices.Collect(maps.Keys(found))
	}
	shown := map[string]json.RawMessage{}
	for _, p := range list {
		if !strings.HasSuffix(p, storepath.DrvExtension) {
			continue
		}
		d, err := store.ReadDerivation(ctx, s, p)
		if err != nil {
			return notValid(err)
		}
		text, err := drvjson.Append(nil, d)
		if err != nil {
			return err
		}
		shown[path.Base(p)] = text
	}
	return e.printJSON(object{"version": drvjson.Version, "derivations": shown}, c.layoutFlags)
}

// notValid returns an error in the words that the reference has where a store object is read.
func notValid(err error) error {
	var invalid *store.InvalidPathError
	if errors.As(err, &invalid) {
		return dropin.Failure("path '%s' is not a valid store path", invalid.Path)
	}
	return err
}

// DerivationAdd adds a derivation to a store.
type DerivationAdd struct {
	DryRun bool `name:"dry-run" help:"Print the path, and add nothing."`
}

// maxDerivation is how long the JSON of a derivation may be, in bytes.
const maxDerivation = 1 << 30

// Run adds the derivation, and prints its path.
func (c *DerivationAdd) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(e.In, maxDerivation))
	if err != nil {
		return err
	}
	d, err := drvjson.Parse(s.Dir(), string(text))
	if err != nil {
		var wrong *drvjson.Error
		if errors.As(err, &wrong) {
			return &dropin.Traced{Frame: wrong.Frame(), Err: wrong.Err}
		}
		return err
	}
	for _, feature := range d.Features() {
		if err := e.Set.RequireFeature(feature); err != nil {
			return err
		}
	}
	view := store.NewView(s, e.Host)
	if err := d.FillOutputs(s.Dir(), func(p string) (*drv.Modulo, error) { return view.Modulo(ctx, nil, p) }); err != nil {
		var invalid *store.InvalidPathError
		if errors.As(err, &invalid) {
			return dropin.Failure("store path '%s' does not exist", invalid.Path)
		}
		return err
	}
	p, err := d.Path(s.Dir())
	if err != nil {
		return err
	}
	if !c.DryRun {
		aterm, err := d.Text()
		if err != nil {
			return err
		}
		if _, err := s.AddText(ctx, store.Text{Name: d.Name + storepath.DrvExtension, Contents: aterm, References: d.References(), Path: p}); err != nil {
			return err
		}
	}
	e.Lines(p)
	return nil
}
