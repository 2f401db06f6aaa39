// Package stores opens stores by the references that settings and command lines have, such
// as "auto", "local?root=/x", "daemon", "ssh-ng://host", "file:///x", "dummy://" and "/x".
//
//	Opened      the stores of a run; New makes one
//	Reference   the parts of a reference
//	Target      a store that an evaluation writes to
package stores

// This file defines Reference, Opened, and which store a reference means.

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
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
		return r, &settings.UsageError{Message: settings.Message{Format: "Cannot parse Nix store '%s'", Args: []any{text}}}
	}
	return r, nil
}

// URL returns a reference as it is shown, with parameters or without.
func (o *Opened) URL(r Reference, params bool) string {
	base := r.Scheme
	switch {
	case o.usualDaemon(r):
		base = "daemon"
	case r.Scheme == "auto":
		base = "local"
	case r.Scheme == "local" && !r.isRoot() && len(r.Params) > 0, r.isURL():
		base += "://" + r.Authority
	}
	if !params || r.isCache() || r.isRoot() {
		return base
	}
	for i, key := range slices.Sorted(maps.Keys(r.Params)) {
		base += []string{"?", "&"}[min(i, 1)] + key + "=" + pathEscape(r.Params[key])
	}
	return base
}

// Usual reports whether a reference has no URL of its own, because it means the usual store
// or a folder.
func (o *Opened) Usual(r Reference) bool {
	return o.usualDaemon(r) || !r.isURL() && (len(r.Params) == 0 || r.isRoot())
}

// usualDaemon reports whether a reference means the daemon at the usual socket.
func (o *Opened) usualDaemon(r Reference) bool {
	if r.Scheme == "auto" {
		_, missing := os.Stat(o.StateDir())
		return missing == nil && o.hasDaemon()
	}
	return r.Scheme == "daemon" || r.Scheme == "unix" && (r.Authority == "" || r.Authority == daemon.SocketPath(o.Getenv))
}

// isURL reports whether the reference has a scheme that ends in "://".
func (r Reference) isURL() bool { return strings.Contains(r.Text, "://") }

// isRoot reports whether the reference is nothing but the root folder of a store.
func (r Reference) isRoot() bool { return r.Scheme == "local" && r.Text == r.Params["root"] }

// isCache reports whether the reference is a binary cache, whose parameters are not shown.
func (r Reference) isCache() bool {
	switch r.Scheme {
	case "file", "http", "https", "s3":
		return true
	}
	return false
}

// pathEscape escapes what cannot stand in the value of a parameter.
func pathEscape(text string) string {
	return strings.NewReplacer("%2F", "/", "%3A", ":", "%40", "@").Replace(url.PathEscape(text))
}

// Opened are the stores that a run has opened. It is for one goroutine.
type Opened struct {
	*setup.Streams
	// OnBuild, if not nil, is told of builds, by one goroutine at a time. BuildLogs says
	// that it shows the lines of logs. Both are set before the first store is opened.
	OnBuild   func(build.Event)
	BuildLogs bool
	// LogCommand prints the log of a build; "" for what the reference names.
	LogCommand string
	// NameLimits is that of build.Options.
	NameLimits bool

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
