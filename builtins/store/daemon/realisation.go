package daemon

// This file defines realisations: what a client asks of them, and what the server answers.

import (
	"context"
	"errors"
	"fmt"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// realisationText is the first version in which realisations are JSON texts. Before it they
// were paths; and before realisationPaths there were none.
var realisationText, realisationPaths = wire.V(1, 31), wire.V(1, 27)

// Realisations implements store.Store. A daemon without content-addressed derivations knows
// none.
func (s *Store) Realisations() store.Realisations { return realisations{s} }

// realisations are those of the store of a daemon.
type realisations struct{ s *Store }

// Realisation implements store.Realisations.
func (r realisations) Realisation(ctx context.Context, id store.OutputID) (*store.Realisation, error) {
	h, err := r.s.Hello(ctx)
	if err != nil || h.Version < realisationPaths {
		return nil, err
	}
	var found *store.Realisation
	err = r.s.call(ctx, wire.QueryRealisation, path(id.String()), func(r1 *wire.Reader) {
		if r1.Version < realisationText {
			for _, p := range r1.Paths() {
				found = &store.Realisation{ID: id, Path: p}
			}
			return
		}
		for _, text := range r1.Strings() {
			one, err := store.ParseRealisation(r.s.o.Dir, text)
			if err != nil {
				r1.Fail(fmt.Errorf("the daemon has sent something else than a realisation: %w", err))
				return
			}
			one.ID = id
			found = one
		}
	})
	return found, err
}

// AddRealisation implements store.Realisations.
func (r realisations) AddRealisation(ctx context.Context, add *store.Realisation) error {
	h, err := r.s.Hello(ctx)
	if err != nil {
		return err
	}
	if h.Version < realisationPaths {
		return errors.New("the daemon is too old to know realisations")
	}
	return r.s.call(ctx, wire.RegisterDrvOutput, func(w *wire.Writer) {
		if w.Version < realisationText {
			w.String(add.ID.String())
			w.String(add.Path[len(r.s.o.Dir)+1:])
			return
		}
		w.String(add.JSON())
	}, nil)
}

// errNoRealisations is the answer of a server whose store keeps no realisations.
var errNoRealisations = errors.New("experimental Nix feature 'ca-derivations' is disabled; add '--extra-experimental-features ca-derivations' to enable it")

// realisation answers what is known of an output.
func (c *session) realisation(ctx context.Context) (func() error, error) {
	id, err := store.ParseOutputID(c.r.String())
	if failed := c.ready(); failed != nil {
		return nil, failed
	}
	if err != nil {
		return nil, err
	}
	var found *store.Realisation
	if known := c.store.Realisations(); known != nil {
		if found, err = known.Realisation(ctx, id); err != nil {
			return nil, err
		}
	}
	return func() error {
		var list []string
		switch {
		case found == nil:
		case c.r.Version < realisationText:
			list = []string{found.Path}
		default:
			list = []string{found.JSON()}
		}
		c.w.Strings(list)
		return nil
	}, nil
}

// registerOutput makes known what a client says of an output. A client that is not trusted
// needs a signature: unlike the reference, which believes everyone, and so lets every user
// say what the builds of all others come to.
func (c *session) registerOutput(ctx context.Context) (func() error, error) {
	text, base := c.r.String(), ""
	if c.r.Version < realisationText {
		base = c.r.String()
	}
	if err := c.ready(); err != nil {
		return nil, err
	}
	known := c.store.Realisations()
	if known == nil {
		return nil, errNoRealisations
	}
	if base != "" {
		text = fmt.Sprintf(`{"id":%q,"outPath":%q}`, text, base)
	}
	add, err := store.ParseRealisation(c.store.Dir(), text)
	if err == nil && add.ID.IsZero() {
		err = errors.New("a realisation lacks its id")
	}
	if err == nil && !c.trusted && !c.options.Unsigned && c.options.Keys.Count(add.Fingerprint(), add.Signatures) == 0 {
		err = fmt.Errorf("cannot register realisation '%s' because it lacks a signature by a trusted key", add.Path[len(c.store.Dir())+1:])
	}
	if err != nil {
		return nil, err
	}
	return nil, known.AddRealisation(ctx, add)
}
