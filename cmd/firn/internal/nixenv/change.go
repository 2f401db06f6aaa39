package nixenv

// This file defines the operations that make a new generation: install, upgrade, uninstall,
// set-flag and set.

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/text/version"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
)

// installedNow returns the packages of the profile.
func (r *run) installedNow(ctx context.Context) ([]*element, error) {
	return r.installed(ctx, r.profile)
}

// renew makes a new generation of the elements that next computes from those of the profile. It
// calls next again if another process changes the profile meanwhile. A nil list is for a dry
// run: nothing is made.
func (r *run) renew(ctx context.Context, next func(installed []*element) ([]*element, error)) error {
	for {
		seen, err := profile.Target(r.profile)
		if err != nil {
			return storecmd.FileError(err)
		}
		installed, err := r.installedNow(ctx)
		if err != nil {
			return err
		}
		elements, err := next(installed)
		if err != nil || r.dryRun {
			return err
		}
		err = r.createUserEnv(ctx, elements, seen)
		if !errors.Is(err, profile.ErrChanged) {
			return err
		}
		r.info("profile \"%s\" changed while we were busy; restarting", r.profile)
	}
}

// install installs packages. They replace those with the same names.
func (r *run) install(ctx context.Context) error {
	var preserve, removeAll bool
	var priority *int64
	for rest := r.flags; len(rest) > 0; {
		flag := rest[0]
		rest = rest[1:]
		switch {
		case r.sourceFlag(flag, &rest):
		case flag == "--preserve-installed" || flag == "-P":
			preserve = true
		case flag == "--remove-all" || flag == "-r":
			removeAll = true
		case flag == "--priority" && len(rest) > 0:
			n, err := strconv.ParseInt(rest[0], 10, 32)
			if err != nil {
				return dropin.Usage("'--priority' requires an integer argument")
			}
			priority, rest = &n, rest[1:]
		default:
			return dropin.Usage("unknown flag '%s'", flag)
		}
	}
	chosen, err := r.packages(ctx, true)
	if err != nil {
		return err
	}
	var added []*element
	names := map[string]bool{}
	for _, e := range chosen {
		if ok, err := r.usable(ctx, e); !ok || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		if r.forceName != "" {
			e.name = r.forceName
		}
		if priority != nil {
			v, err := r.ev.Encode(ctx, strconv.FormatInt(*priority, 10))
			if err != nil {
				return err
			}
			e.setMeta("priority", v)
		}
		_, name, _, err := e.split(ctx)
		if err != nil {
			return err
		}
		names[name] = true
		added = append(added, e)
	}
	return r.renew(ctx, func(installed []*element) ([]*element, error) {
		all := slices.Clone(added)
		if !removeAll {
			kept, err := r.unreplaced(ctx, installed, names, preserve)
			if err != nil {
				return nil, err
			}
			all = append(all, kept...)
			for _, e := range added {
				r.info("installing '%s'", e.name)
			}
		}
		return all, r.printMissing(ctx, added)
	})
}

// unreplaced returns the installed packages that stay although packages of those names are
// installed. With preserve, all do.
func (r *run) unreplaced(ctx context.Context, installed []*element, names map[string]bool, preserve bool) (kept []*element, err error) {
	for _, e := range installed {
		full, name, _, err := e.split(ctx)
		if err != nil {
			return nil, err
		}
		replaced := !preserve && names[name]
		if replaced {
			keep, err := e.keep(ctx)
			if err != nil {
				return nil, err
			}
			replaced = !keep
		}
		if replaced {
			r.info("replacing old '%s'", full)
			continue
		}
		kept = append(kept, e)
	}
	return kept, nil
}

// usable reports whether a package may be taken: with --prebuilt-only, it must not have to be
// built.
func (r *run) usable(ctx context.Context, e *element) (bool, error) {
	if !r.prebuiltOnly {
		return true, nil
	}
	out, err := e.OutPath(ctx)
	if err != nil {
		return false, err
	}
	if valid, err := r.store.IsValid(ctx, out); valid || err != nil {
		return valid, err
	}
	found, err := r.findElsewhere(ctx, []string{out})
	return len(found) > 0, err
}

// upgradable are the flags that say which versions may replace another one, and for each of
// them whether one may that is older (-1), the same (0) or newer (1).
var upgradable = map[string]func(order int) bool{
	"--lt":     func(order int) bool { return order > 0 },
	"--leq":    func(order int) bool { return order >= 0 },
	"--eq":     func(order int) bool { return order == 0 },
	"--always": func(int) bool { return true },
}

// upgrade replaces packages by newer ones with the same names.
func (r *run) upgrade(ctx context.Context) error {
	allowed := upgradable["--lt"]
	for rest := r.flags; len(rest) > 0; {
		flag := rest[0]
		rest = rest[1:]
		switch {
		case r.sourceFlag(flag, &rest):
		case upgradable[flag] != nil:
			allowed = upgradable[flag]
		default:
			return dropin.Usage("unknown flag '%s'", flag)
		}
	}
	return r.renew(ctx, func(installed []*element) ([]*element, error) {
		available, err := r.packages(ctx, false)
		if err != nil {
			return nil, err
		}
		var next []*element
		for _, e := range installed {
			better, err := r.betterThan(ctx, e, available, allowed)
			if err != nil {
				var failed *eval.Error
				if frame := fmt.Sprintf("while trying to find an upgrade for '%s'", e.name); errors.As(err, &failed) {
					err = failed.InFrame(frame)
				}
				return nil, err
			}
			next = append(next, better)
		}
		return next, r.printMissing(ctx, next)
	})
}

// betterThan returns the best of the packages with the name of e whose version is allowed in its
// place, and which does not come behind it by its priority; e itself if there is none.
func (r *run) betterThan(ctx context.Context, e *element, available []*element, allowed func(order int) bool) (*element, error) {
	full, name, v, err := e.split(ctx)
	if err != nil {
		return nil, err
	}
	if keep, err := e.keep(ctx); keep || err != nil {
		return e, err
	}
	var best *element
	for _, o := range available {
		order, err := comparePriorities(ctx, e, o)
		if err != nil {
			return nil, err
		}
		_, name2, v2, err := o.split(ctx)
		if err != nil {
			return nil, err
		}
		if order > 0 || name2 != name {
			continue
		}
		if order, err = version.Compare(nil, v2, v); err != nil {
			return nil, err
		}
		if !allowed(order) {
			continue
		}
		if best != nil {
			order, err := comparePriorities(ctx, o, best)
			if err == nil && order == 0 {
				order, err = compareVersions(ctx, o, best)
			}
			if err != nil {
				return nil, err
			}
			if order <= 0 {
				continue
			}
		}
		usable, err := r.usable(ctx, o)
		if err != nil {
			return nil, err
		}
		if usable {
			best = o
		}
	}
	if best == nil {
		return e, nil
	}
	old, err := e.OutPath(ctx)
	if err != nil {
		return nil, err
	}
	out, err := best.OutPath(ctx)
	if err != nil || out == old {
		return e, err
	}
	action := "upgrading"
	if order, err := compareVersions(ctx, best, e); err != nil {
		return nil, err
	} else if order < 0 {
		action = "downgrading"
	}
	r.info("%s '%s' to '%s'", action, full, best.name)
	return best, nil
}

// uninstall removes packages that selectors, or store paths, mean.
func (r *run) uninstall(ctx context.Context) error {
	if err := r.noFlags(); err != nil {
		return err
	}
	return r.renew(ctx, func(left []*element) ([]*element, error) {
		for _, text := range r.args {
			meant, err := r.meant(text)
			if err != nil {
				return nil, err
			}
			var kept []*element
			for _, e := range left {
				remove, err := meant(ctx, e)
				if err != nil {
					return nil, err
				}
				if !remove {
					kept = append(kept, e)
					continue
				}
				name, err := e.Name(ctx)
				if err != nil {
					return nil, err
				}
				r.info("uninstalling '%s'", name)
			}
			if len(kept) == len(left) {
				r.Log.Warn(fmt.Sprintf("selector '%s' matched no installed derivations", text))
			}
			left = kept
		}
		return left, nil
	})
}

// meant returns what reports whether an operand of uninstall means a package.
func (r *run) meant(text string) (func(context.Context, *element) (bool, error), error) {
	if strings.Contains(text, "/") {
		p, err := r.FollowLinks(r.store, text)
		return func(ctx context.Context, e *element) (bool, error) {
			out, err := e.OutPath(ctx)
			return out == p, err
		}, err
	}
	s, err := newSelector(text)
	if err != nil {
		return nil, err
	}
	return s.matches, nil
}

// setFlag changes meta data of installed packages.
func (r *run) setFlag(ctx context.Context) error {
	if err := r.noFlags(); err != nil {
		return err
	}
	if len(r.args) < 2 {
		return dropin.Usage("not enough arguments to '--set-flag'")
	}
	name := r.args[0]
	value, err := r.ev.Encode(ctx, r.args[1])
	if err != nil {
		return err
	}
	all, err := selectors(r.args[2:])
	if err != nil {
		return err
	}
	return r.renew(ctx, func(installed []*element) ([]*element, error) {
		for _, e := range installed {
			for _, s := range all {
				ok, err := s.matches(ctx, e)
				if err != nil {
					return nil, err
				}
				if ok {
					r.info("setting flag on '%s'", e.name)
					e.setMeta(name, value)
					break
				}
			}
		}
		for _, s := range all {
			if err := s.unused(ctx, nil); err != nil {
				return nil, err
			}
		}
		return installed, nil
	})
}

// set makes a package the profile itself.
func (r *run) set(ctx context.Context) error {
	for rest := r.flags; len(rest) > 0; {
		flag := rest[0]
		rest = rest[1:]
		if !r.sourceFlag(flag, &rest) {
			return dropin.Usage("unknown flag '%s'", flag)
		}
	}
	keep, err := r.keeper("--set")
	if err != nil {
		return err
	}
	chosen, err := r.packages(ctx, true)
	if err != nil {
		return err
	}
	if len(chosen) != 1 {
		return dropin.Failure("--set requires exactly one derivation")
	}
	e := chosen[0]
	if err := r.printMissing(ctx, chosen); err != nil || r.dryRun {
		return err
	}
	if err := r.build(ctx, chosen, true); err != nil {
		return err
	}
	out, err := e.OutPath(ctx)
	if err != nil {
		return err
	}
	return r.change().Set(ctx, out, nil, keep)
}
