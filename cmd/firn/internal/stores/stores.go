// Package stores opens stores by the references that settings and command lines have, such
// as "auto", "local?root=/x", "daemon", "ssh-ng://host", "file:///x", "dummy://" and "/x".
//
//	Opened      the stores of a run; New makes one
//	Reference   the parts of a reference
package stores

// This file defines Reference, Opened, and which store a reference means.

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
)

// A Reference says where a store is.
type Reference struct {
	Text      string // all of it
	Scheme    string // as in "SCHEME://AUTHORITY", or a word such as "local", "auto" or "daemon"
	Authority string // what follows the scheme: a host, or a path
	Params    map[string]string
}

// Parse reads a reference.
func Parse(text string) (Reference, error) {
	base, query, _ := strings.Cut(text, "?")
	r := Reference{Text: text, Params: map[string]string{}}
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		key, value, ok := strings.Cut(pair, "=")
		if !ok {
			return r, fmt.Errorf("cannot parse URL '%s': parameter '%s' has no value", text, pair)
		}
		decoded, err := url.PathUnescape(value)
		if err != nil {
			return r, fmt.Errorf("cannot parse URL '%s': %w", text, err)
		}
		r.Params[key] = decoded
	}
	scheme, authority, isURL := strings.Cut(base, "://")
	switch {
	case isURL:
		r.Scheme, r.Authority = scheme, authority
	case base == "" || base == "auto":
		r.Scheme = "auto"
	case base == "local", base == "daemon":
		r.Scheme = base
	case strings.Contains(base, "/"):
		r.Scheme = "local"
		r.Params["root"] = base
	default:
		return r, fmt.Errorf("cannot parse Nix store reference '%s'", text)
	}
	return r, nil
}

// Opened are the stores that a run has opened. It is for one goroutine.
type Opened struct {
	*setup.Streams
	set    *settings.Settings
	log    func(text string) // told of waits and the like
	warn   func(text string)
	byRef  map[string]store.Store
	closes []func() error
}

// New returns an Opened without stores.
func New(s *setup.Streams, set *settings.Settings, log, warn func(text string)) *Opened {
	return &Opened{Streams: s, set: set, log: log, warn: warn, byRef: map[string]store.Store{}}
}

// Close closes the stores.
func (o *Opened) Close() error {
	var errs []error
	for _, fn := range o.closes {
		errs = append(errs, fn())
	}
	o.closes, o.byRef = nil, map[string]store.Store{}
	return errors.Join(errs...)
}

// Open returns the store of a reference, which is opened once.
func (o *Opened) Open(ctx context.Context, ref string) (store.Store, error) {
	if s := o.byRef[ref]; s != nil {
		return s, nil
	}
	r, err := Parse(ref)
	if err != nil {
		return nil, err
	}
	s, err := o.open(ctx, r)
	if err == nil {
		o.byRef[ref] = s
	}
	return s, err
}
