package nixenv

// This file defines the operations on generations, and on the link to the profile.

import (
	"context"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// change returns what changes the profile.
func (r *run) change() profile.Change { return r.ProfileChange(r.profile, r.dryRun) }

// bare returns an error if the operation was given flags, or not that many operands.
func (r *run) bare(operands int) error {
	if err := r.noFlags(); err != nil {
		return err
	}
	switch {
	case len(r.args) == operands:
		return nil
	case operands == 0:
		return dropin.Usage("no arguments expected")
	}
	return dropin.Usage("exactly one argument expected")
}

// rollback switches to the generation before the current one.
func (r *run) rollback(ctx context.Context) error {
	if err := r.bare(0); err != nil {
		return err
	}
	return storecmd.FileError(r.change().Rollback(ctx))
}

// switchGeneration switches to a generation.
func (r *run) switchGeneration(ctx context.Context) error {
	if err := r.bare(1); err != nil {
		return err
	}
	n, err := strconv.ParseUint(r.args[0], 10, 32)
	if err != nil {
		return dropin.Usage("expected a generation number")
	}
	return storecmd.FileError(r.change().SwitchTo(ctx, int(n)))
}

// switchProfile makes the link in the user's folder lead to another profile.
func (r *run) switchProfile(context.Context) error {
	if err := r.bare(1); err != nil {
		return err
	}
	return profile.Replace(r.Places().Link(), path.Clean(r.Absolute(r.args[0])))
}

// listGenerations prints a line for each generation.
func (r *run) listGenerations(ctx context.Context) error {
	if err := r.bare(0); err != nil {
		return err
	}
	return r.change().Look(ctx, func(list []profile.Generation, current int) error {
		for _, g := range list {
			mark := ""
			if g.Number == current {
				mark = "(current)"
			}
			r.Lines(fmt.Sprintf("%4d   %s   %s", g.Number, g.Created.Local().Format(time.DateTime), mark))
		}
		return nil
	})
}

// deleteGenerations deletes generations.
func (r *run) deleteGenerations(ctx context.Context) error {
	if err := r.noFlags(); err != nil {
		return err
	}
	one := ""
	if len(r.args) == 1 {
		one = r.args[0]
	}
	switch {
	case one == "old":
		return r.change().Delete(ctx, profile.Old)
	case strings.Contains(one, "d"):
		age, err := profile.ParseDays(one)
		if err != nil {
			return dropin.Usage("%s", err)
		}
		before := time.Now().Add(-age)
		return r.change().Delete(ctx, func(list []profile.Generation, current int) []profile.Generation {
			return profile.OlderThan(list, current, before)
		})
	case strings.Contains(one, "+"):
		if len(one) < 2 {
			return dropin.Failure("invalid number of generations '%s'", one)
		}
		n, err := strconv.ParseUint(one[1:], 10, 32)
		if err != nil {
			return dropin.Failure("invalid number of generations to keep '%s'", one)
		}
		if n == 0 {
			return dropin.Failure("Must keep at least one generation, otherwise the current one would be deleted")
		}
		return r.change().Delete(ctx, func(list []profile.Generation, current int) []profile.Generation {
			return profile.Beyond(list, current, int(n))
		})
	}
	var numbers []int
	for _, arg := range r.args {
		n, err := strconv.ParseUint(arg, 10, 32)
		if err != nil {
			return dropin.Usage("invalid generation number '%s'", arg)
		}
		numbers = append(numbers, int(n))
	}
	return r.change().Delete(ctx, func(list []profile.Generation, _ int) []profile.Generation {
		return profile.Numbered(list, numbers)
	})
}
