package stores

// This file defines where objects are had that a store has not.

import (
	"context"
	"fmt"
	"strconv"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/substitute"
)

// Substituter returns where objects can be had for a store, as the settings say; nil if
// nowhere. Objects need a signature by one of the keys, unless the setting require-sigs is
// off. A store that cannot be opened is left out, with a warning.
func (o *Opened) Substituter(ctx context.Context, s store.Store, keys signature.Keys) store.Substituter {
	if !o.set.Bool("substitute") {
		return nil
	}
	var sources []substitute.Source
	for _, ref := range o.set.Strings("substituters") {
		from, err := o.source(ctx, ref)
		if err != nil {
			o.warn(fmt.Sprintf("cannot use substituter '%s': %v", ref, err))
			continue
		}
		if from.Store != s {
			sources = append(sources, from)
		}
	}
	if len(sources) == 0 {
		return nil
	}
	return substitute.New(substitute.Options{Dir: s.Dir(), Keys: keys, Unsigned: !o.set.Bool("require-sigs"), Warn: o.warn}, sources...)
}

// source returns the store of a reference as a source of objects.
func (o *Opened) source(ctx context.Context, ref string) (substitute.Source, error) {
	s, err := o.Open(ctx, ref)
	if err != nil {
		return substitute.Source{}, err
	}
	if c, ok := s.(*cache.Store); ok {
		return substitute.FromCache(c), nil
	}
	r, err := Parse(ref)
	if err != nil {
		return substitute.Source{}, err
	}
	info := cache.Info{}
	if text := r.Params["priority"]; text != "" {
		if info.Priority, err = strconv.Atoi(text); err != nil {
			return substitute.Source{}, err
		}
	}
	return substitute.Source{
		Store: s, Name: o.URL(r, false), Trusted: r.Params["trusted"] == "true" || r.Params["trusted"] == "1",
		Info: func(context.Context) (cache.Info, error) { return info, nil },
	}, nil
}
