package system

// This file defines Intent, and how a machine is put in order after a run that ended in the
// middle.

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// An Intent is what a run is about to do.
type Intent struct {
	Action     Action `json:"action"`
	From       int    `json:"from"`       // the generation that the profile led to; 0: there was no profile
	Last       int    `json:"last"`       // the highest number of a generation before
	To         string `json:"to"`         // the store path that it is to lead to
	WasActive  string `json:"wasActive"`  // the store path that was active; "" if it was not known
	Special    bool   `json:"special"`    // a specialisation is activated, which has a store path of its own
	Activating bool   `json:"activating"` // the profile was set, and the program was about to run
	// Status is that of the program, if it has failed; 0: it has not, or its end is not known.
	Status int `json:"status,omitempty"`
}

// An Outcome is what a run has left that ended in the middle, or failed.
type Outcome struct {
	Intent     Intent
	Generation int  // that the profile leads to now; 0 if there is no profile
	New        bool // which is the one that was wanted
	Undo       bool // the profile leads, or led, to the new one, and has to be turned back
	Stray      []int
}

// String says in a sentence what was left.
func (o *Outcome) String() string {
	verb := "switch"
	if o.Intent.Action == Boot {
		verb = "change of what is started"
	}
	what := fmt.Sprintf("an earlier %s to %s was interrupted", verb, o.Intent.To)
	if o.Intent.Status != 0 {
		what = fmt.Sprintf("an earlier %s to %s failed with status %d", verb, o.Intent.To, o.Intent.Status)
	}
	switch {
	case o.New && o.Intent.Activating:
		return what + fmt.Sprintf(" after it had been activated: the generation is %d, the new one; its services may not all have been restarted", o.Generation)
	case o.New:
		return what + fmt.Sprintf(": the generation is %d", o.Generation)
	case o.Generation == 0:
		return what + ": there is no generation yet"
	case o.Intent.Activating:
		return what + fmt.Sprintf(" while it was activated: the generation is %d, the old one; parts of the new one may be in effect until a generation is activated again", o.Generation)
	default:
		return what + fmt.Sprintf(" before it was activated: the generation is %d, the old one", o.Generation)
	}
}

// readIntent returns the intent that was left; nil if there is none. A text that is no intent,
// which only a failing disk or a later version of firn leaves, is an error.
func (m *Machine) readIntent(ctx context.Context) (*Intent, error) {
	text, err := m.Host.ReadIntent(ctx)
	if err != nil || text == nil {
		return nil, err
	}
	i := &Intent{}
	if err := json.Unmarshal(text, i); err != nil || i.To == "" {
		return nil, fmt.Errorf("'%s' is broken, the note of what an earlier run was about to do; "+
			"look where the profile leads, and delete this file", m.Host.IntentFile())
	}
	return i, nil
}

// writeIntent keeps an intent.
func (m *Machine) writeIntent(ctx context.Context, i *Intent) error {
	text, err := json.Marshal(i)
	if err != nil {
		return err
	}
	return m.Host.WriteIntent(ctx, append(text, '\n'))
}

// activated reports whether the generation was activated as a whole.
func (i *Intent) activated(s *State) bool {
	return s.Active == i.To || i.Special && s.Active != "" && s.Active != i.WasActive
}

// judge returns what a run with an intent has left.
func judge(i *Intent, s *State) *Outcome {
	o := &Outcome{Intent: *i, Generation: s.Current}
	for _, g := range s.Generations {
		if g.Number > i.Last && g.Path == i.To {
			o.Stray = append(o.Stray, g.Number)
		}
	}
	leads := s.Current != i.From && s.generation(s.Current).Path == i.To
	switch {
	case !leads && s.Current != i.From: // somebody else has changed the profile since
		o.New, o.Stray = true, nil
		o.Intent.Activating = false
	case leads && i.Activating && i.activated(s):
		o.New, o.Stray = true, nil
	case leads:
		o.Undo, o.Generation = true, i.From
		if i.From != 0 && s.generation(i.From).Number == 0 { // deleted meanwhile: there is no way back
			o.Undo, o.Generation, o.New, o.Stray = false, s.Current, true, nil
			o.Intent.Activating = false
		}
	}
	return o
}

// Left returns what a run has left that ended in the middle, and changes nothing; nil if there
// was none. busy says that a run is switching the machine now.
func (m *Machine) Left(ctx context.Context) (o *Outcome, busy bool, err error) {
	if busy, err = m.Host.Busy(ctx); busy || err != nil {
		return nil, busy, err
	}
	i, err := m.readIntent(ctx)
	if err != nil || i == nil {
		return nil, false, err
	}
	s, err := m.Host.Look(ctx)
	if err != nil {
		return nil, false, err
	}
	return judge(i, s), false, nil
}

// Recover puts a machine in order after a run that ended in the middle, and returns what it had
// left; nil if there was none.
func (m *Machine) Recover(ctx context.Context) (*Outcome, error) {
	unlock, err := m.Host.Lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	return m.recover(ctx)
}

// recover is Recover under the lock.
func (m *Machine) recover(ctx context.Context) (*Outcome, error) {
	i, err := m.readIntent(ctx)
	if err != nil || i == nil {
		return nil, err
	}
	s, err := m.Host.Look(ctx)
	if err != nil {
		return nil, err
	}
	o := judge(i, s)
	if err := m.turnBack(ctx, o); err != nil {
		return nil, err
	}
	return o, m.Host.WriteIntent(ctx, nil)
}

// turnBack makes the profile lead to the old generation, and deletes links of the new one, as an
// outcome says.
func (m *Machine) turnBack(ctx context.Context, o *Outcome) error {
	if o.Undo {
		if err := m.Host.SwitchTo(ctx, o.Intent.From); err != nil {
			return err
		}
	}
	if len(o.Stray) == 0 {
		return nil
	}
	slices.Sort(o.Stray)
	return m.Host.Delete(ctx, o.Stray)
}
