package storecmd

// This file defines the command that gives paths names that follow from their contents.

import (
	"context"
	"fmt"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/rewrite"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// ContentRename copies paths, and all that they refer to, to names that follow from their
// contents, which need no signatures.
type ContentRename struct {
	storePaths
	betweenFlags
	jsonFlags
}

// Run copies the paths, and prints their new names.
func (c *ContentRename) Run(ctx context.Context, e *Env) error {
	from, err := c.source(ctx, e)
	if err != nil {
		return err
	}
	found, err := c.installables.choose(ctx, e, from, c.selection, c.Recursive, true)
	if err != nil {
		return err
	}
	to, err := e.OpenStore(ctx, e.refOf(c.To))
	if err != nil {
		return err
	}
	all, err := Closure(ctx, from, found.all)
	if err != nil {
		return err
	}
	order, err := store.ReferencesFirst(ctx, from, all)
	if err != nil {
		return err
	}
	paths, err := rewrite.Closure(ctx, to, from, order, func(old, path string) {
		e.Log.Say(dropin.Info, fmt.Sprintf("rewriting '%s' to '%s'", old, path))
	})
	if err != nil {
		return err
	}
	rewrites := map[string]string{}
	for _, old := range found.all {
		rewrites[old] = paths[old]
		if !c.JSON {
			e.Log.Say(dropin.Notice, fmt.Sprintf("rewrote '%s' to '%s'", old, paths[old]))
		}
	}
	if c.JSON {
		return e.printJSON(object{"rewrites": rewrites}, c.layoutFlags)
	}
	return nil
}
