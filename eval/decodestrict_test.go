package eval_test

// This file defines the tests of what Decode refuses, and how it names fields.

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

// A folded is a key that has no case.
type folded string

func (f *folded) UnmarshalText(text []byte) error {
	*f = folded(strings.ToLower(string(text)))
	return nil
}

func TestDecodeRefuses(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	decode := func(source string, to any) error {
		return eval.Decode(ctx, evaluate(t, ev, source), to)
	}
	var port struct {
		Port *int `nix:",required"`
	}
	assert.ErrorContains(t, decode(`{ port = if true then null else 1; }`, &port), "port: the attribute is required, but null")
	var f float32
	assert.ErrorContains(t, decode(`1.0e300`, &f), "does not fit into a Go float32")
	assert.NoError(t, decode(`1.5e30`, &f))
	var keys map[folded]int
	assert.ErrorContains(t, decode(`{ a = 1; A = 2; }`, &keys), "the key is that of the attribute")
	assert.NoError(t, decode(`{ a = 1; B = 2; }`, &keys))
	assert.Equal(t, map[folded]int{"a": 1, "b": 2}, keys)
}

func TestFieldNames(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	var x struct {
		IDs, IDsByName, OAuth2, OAuthURL, IPv4, URLPath, HTTPServer, AWord, ID, Names int
	}
	v, err := ev.Encode(ctx, x)
	require.NoError(t, err)
	var names []string
	for name := range v.Attrs() {
		names = append(names, name)
	}
	assert.Equal(t, "aWord httpServer id ids idsByName ipv4 names oauth2 oauthURL urlPath", strings.Join(names, " "))
}

func TestContextCause(t *testing.T) {
	ev := evaluator(t, eval.Options{})
	reason := errors.New("the client went away")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(fmt.Errorf("request 7: %w", reason))
	_, err := ev.EvalString(ctx, "1")
	assert.ErrorIs(t, err, context.Canceled)
	assert.ErrorIs(t, err, reason)
	late, stop := context.WithTimeout(context.Background(), 1)
	defer stop()
	<-late.Done()
	_, err = ev.EvalString(late, "1")
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	assert.NotContains(t, err.Error(), "the user")
}

func TestNothingToWatch(t *testing.T) {
	assert.Error(t, eval.Value{}.Watch(ctx))
}
