package instantiate

// This file defines which results are kept from one run to the next.

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
)

// A made is a derivation that was instantiated.
type made struct {
	DrvPath string
	Output  string
}

// caches reports whether results are kept. Those of --parse and --find-file are cheap, and with
// --eval --read-write-mode the store gets what is in no result. nix-build looks at the store anyway.
func (p *program) caches() bool {
	return p.build == nil && !p.parseOnly && !p.findFile && !(p.evalOnly && p.readWrite)
}

// key returns the key of the result of what the command line calls source, at an attribute path; "" if
// none is kept.
func (p *program) key(source, attr string) string {
	if p.keys == "" || !p.exprs && source != stdin && (settings.IsPseudoURL(source) || strings.HasPrefix(source, "flake:")) {
		return ""
	}
	return fmt.Sprintf("%s%q\n%q", p.keys, source, attr)
}

// stdin is the source that is standard input: no operand of another meaning is called so.
const stdin = "-"

// recall looks for the results that earlier runs kept of sources.
func (p *program) recall(ctx context.Context, sources []string) {
	args, ok := p.Streams.Key(ctx, p.Args)
	if !ok {
		return
	}
	p.keys = fmt.Sprintf("nix-instantiate %t %t %+v %t %q\n%s\n", p.evalOnly, p.exprs, p.print, p.ReadOnly, p.input, args)
	var keys []string
	for _, s := range sources {
		for _, attr := range p.paths() {
			if key := p.key(s, attr); key != "" {
				keys = append(keys, key)
			}
		}
	}
	p.kept = setup.Recall(ctx, p.ev, keys, func(result []byte) bool { return p.evalOnly || p.isThere(ctx, result) })
}

// isThere reports whether the derivations of a result are valid in the store, and keeps them from
// being collected. What they refer to is then valid too.
func (p *program) isThere(ctx context.Context, result []byte) bool {
	if p.target == nil {
		return true
	}
	var list []made
	if json.Unmarshal(result, &list) != nil {
		return false
	}
	for _, m := range list {
		if p.target.Store.AddTempRoot(ctx, m.DrvPath) != nil {
			return false
		}
		if valid, err := p.target.Store.IsValid(ctx, m.DrvPath); err != nil || !valid {
			return false
		}
	}
	return true
}

// again prints the result of a key, if it was kept.
func (p *program) again(ctx context.Context, key string) (done bool, err error) {
	if key == "" {
		return false, nil
	}
	result, ok := p.kept.Get(key, &p.Log)
	if !ok {
		return false, nil
	}
	if p.evalOnly {
		_, err = p.Text.Write(result)
		return true, err
	}
	var list []made
	if err := json.Unmarshal(result, &list); err != nil {
		return false, nil
	}
	return true, p.printAll(ctx, list)
}
