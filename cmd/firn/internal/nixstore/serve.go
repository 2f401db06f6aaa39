package nixstore

// This file defines the operations about other machines, and logs of builds.

import (
	"context"
	"errors"
	"io"
	"io/fs"

	"github.com/firn-lang/firn/builtins/store/serve"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// serve serves the store to a client at standard input and output.
func (r *run) serve(ctx context.Context) error {
	var write bool
	if err := r.switches(map[string]*bool{"--write": &write}); err != nil {
		return err
	}
	if err := r.noArgs(); err != nil {
		return err
	}
	// What is said goes to standard error, where ssh passes it on; standard output is the
	// client's.
	from, err := r.Substituter(ctx, r.store)
	if err != nil {
		return err
	}
	err = serve.Serve(ctx, stdio{r.In, r.Out}, r.store, serve.Options{
		Write: write, Substituter: from, Log: func(text string) { r.Log.Say(dropin.Info, text) },
	})
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return dropin.Failure("unexpected end-of-file")
	}
	return err
}

// stdio is the connection of a process that serves its input and output.
type stdio struct {
	io.Reader
	io.Writer
}

// Close closes the input, so that reading ends.
func (c stdio) Close() error {
	if in, ok := c.Reader.(io.Closer); ok {
		return in.Close()
	}
	return nil
}

// readLog prints logs of builds.
func (r *run) readLog(ctx context.Context) error {
	if len(r.flags) > 0 {
		return dropin.Usage("unknown flag")
	}
	for _, arg := range r.args {
		p, err := r.FollowLinks(r.store, arg)
		if err != nil {
			return err
		}
		log, err := r.OpenLog(ctx, r.store, p)
		if errors.Is(err, fs.ErrNotExist) {
			return dropin.Failure("build log of derivation '%s' is not available", p)
		}
		if err != nil {
			return err
		}
		_, err = io.Copy(r.Text, log)
		if closed := log.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return err
		}
	}
	return nil
}
