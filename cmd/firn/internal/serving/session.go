package serving

// This file defines what one client of the daemon works with: its settings, and the builds that it hears of.

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/wire"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
)

// A session is what a client works with. It is for the goroutine of its connection, but for said.
type session struct {
	set    *settings.Settings // the daemon's, with those of the client
	opened *stores.Opened
	store  store.Store
	tell   func(wire.Message)

	shared     store.Substituter // the daemon's
	own        store.Substituter // what the client's settings say; nil before it is asked for
	overridden bool              // the client's settings say another substituter

	activities map[string]uint64 // of builds, by derivations; for the one goroutine that events come from
	last       uint64            // activity
}

// begin opens the store for a client.
func begin(ctx context.Context, p *dropin.Program, shared store.Substituter, to daemon.Client) (*daemon.Session, error) {
	s := &session{set: p.Set.Clone(), tell: to.Tell, shared: shared, activities: map[string]uint64{}}
	s.opened = stores.New(p.Streams, s.set, s.say, func(text string) { s.say("warning: " + text) })
	s.opened.OnBuild = s.said
	var err error
	if s.store, err = s.opened.Open(ctx, served(p)); err != nil {
		return nil, errors.Join(err, s.opened.Close())
	}
	out := &daemon.Session{Store: s.store, Configure: s.configure, Substituter: s.substituter, Close: func() {
		if err := s.opened.Close(); err != nil {
			p.Log.Say(dropin.Error, "error: "+err.Error())
		}
	}}
	if _, builds := s.store.(*local.Store); builds {
		out.Realise = s.realise
	}
	return out, nil
}

// served returns the reference of the store that a daemon serves. One that was told to use the
// daemon, as by an environment for its clients, uses the store itself.
func served(p *dropin.Program) string {
	if ref := p.Set.Text("store"); ref != "daemon" {
		return ref
	}
	return "local"
}

// say sends a line.
func (s *session) say(text string) { s.tell(wire.Message{Kind: wire.Text, Text: text + "\n"}) }

// sources are the settings that say where objects are fetched from.
var sources = map[string]bool{"substituters": true, "trusted-public-keys": true, "require-sigs": true}

// configure applies settings of the client. Those that are not known here are passed over.
func (s *session) configure(c wire.Settings) error {
	for name, value := range map[string]string{
		"keep-failed": strconv.FormatBool(c.KeepFailed), "keep-going": strconv.FormatBool(c.KeepGoing), "fallback": strconv.FormatBool(c.TryFallback),
		"max-jobs": strconv.FormatUint(c.MaxJobs, 10), "max-silent-time": strconv.FormatUint(c.MaxSilentTime, 10),
		"cores": strconv.FormatUint(c.Cores, 10), "substitute": strconv.FormatBool(c.Substitute),
	} {
		if err := s.set.Set(name, value); err != nil {
			return err
		}
	}
	for _, o := range c.Overrides {
		if o.Key == "store" {
			continue // which is the one of the daemon
		}
		if err := s.set.Set(o.Key, o.Value); err != nil {
			return err
		}
		s.overridden = s.overridden || sources[strings.TrimPrefix(o.Key, "extra-")]
	}
	return nil
}

// substituter returns where objects are fetched from.
func (s *session) substituter(ctx context.Context) store.Substituter {
	if !s.overridden {
		return s.shared
	}
	if s.own == nil {
		keys, err := signature.ParseKeys(s.set.Strings("trusted-public-keys")...)
		if err != nil {
			s.say("warning: " + err.Error())
		}
		s.own = s.opened.Substituter(ctx, s.store, keys)
	}
	return s.own
}

// realise builds and fetches targets.
func (s *session) realise(ctx context.Context, targets []store.Target, mode wire.BuildMode) (results []wire.BuildResult, failed, err error) {
	b, ok := s.store.Builder().(*build.Builder)
	if !ok {
		return nil, nil, errors.New("this store has no builder")
	}
	b.Substitutes = nil
	if s.set.Bool("substitute") {
		b.Substitutes = s.substituter(ctx)
	}
	modes := map[wire.BuildMode]build.Mode{wire.BuildNormal: build.Normal, wire.BuildRepair: build.Repair, wire.BuildCheck: build.Check}
	report, err := b.Realise(ctx, targets, modes[mode])
	if err != nil {
		return nil, nil, err
	}
	results = make([]wire.BuildResult, len(targets))
	for i, r := range report.Results {
		out := &results[i]
		out.Status, out.Start, out.Stop = wire.Status(r.Status), r.Start, r.Stop
		switch {
		case r.Err != nil:
			out.Status, out.Error = wire.Status(r.Err.Status), r.Err.Error()
			if r.Err.Status == build.HashMismatch {
				out.Status = wire.OutputRejected
			}
		case r.Busy:
			out.Status, out.Error = wire.MiscFailure, fmt.Sprintf("'%s' was not done when another target failed", build.TargetName(r.Target))
		case r.Status == build.Built:
			out.TimesBuilt = 1
		}
	}
	return results, report.Err(), nil
}

// said tells the client of a build.
func (s *session) said(e build.Event) {
	text := func(t string) wire.Field { return wire.Field{IsText: true, Text: t} }
	switch e.Kind {
	case build.Started:
		s.last++
		s.activities[e.Drv] = s.last
		s.tell(wire.Message{
			Kind: wire.StartActivity, ID: s.last, Level: wire.LevelInfo, Type: wire.ActivityBuild, Text: e.Text,
			Fields: []wire.Field{text(e.Drv), text(""), {Number: 1}, {Number: 1}},
		})
	case build.Line:
		s.tell(wire.Message{Kind: wire.Result, ID: s.activities[e.Drv], Type: wire.ResultLogLine, Fields: []wire.Field{text(e.Text)}})
	case build.Phase:
		s.tell(wire.Message{Kind: wire.Result, ID: s.activities[e.Drv], Type: wire.ResultPhase, Fields: []wire.Field{text(e.Text)}})
	case build.Ended:
		s.tell(wire.Message{Kind: wire.StopActivity, ID: s.activities[e.Drv]})
		delete(s.activities, e.Drv)
	case build.Copying:
		s.last++
		s.tell(wire.Message{Kind: wire.StartActivity, ID: s.last, Level: wire.LevelInfo, Type: wire.ActivityCopyPath, Text: e.Text})
		s.tell(wire.Message{Kind: wire.StopActivity, ID: s.last})
	case build.Failed:
		s.say("error: " + strings.ReplaceAll(e.Err.Error(), "\n", "\n       "))
	case build.Note:
		s.say(e.Text)
	case build.Warning:
		s.say("warning: " + e.Text)
	}
}
