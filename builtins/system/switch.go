package system

// This file defines how a machine is switched.

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A FailedError says that the program of a generation has failed.
type FailedError struct {
	Argv    []string
	Status  int      // of the program
	Err     error    // why it could not be run, or was ended; nil if it has a status
	Outcome *Outcome // what that left; nil if the profile was not to be changed
	noun    string
}

func (e *FailedError) Error() string {
	text := fmt.Sprintf("'%s' failed with status %d", e.Argv[0], e.Status)
	if e.Err != nil {
		text = fmt.Sprintf("'%s' cannot be run: %v", e.Argv[0], e.Err)
	}
	switch o := e.Outcome; {
	case o == nil:
	case o.New:
		text += fmt.Sprintf("; generation %d is active nevertheless, and stays", o.Generation)
	case o.Generation == 0:
		text += "; it was not activated, and there is no earlier generation to go back to"
	default:
		text += fmt.Sprintf("; it was not activated, and the %s's generation is %d, as before", e.noun, o.Generation)
	}
	return text
}

// Unwrap returns the reason; nil if the program has run to its end.
func (e *FailedError) Unwrap() error { return e.Err }

// ExitStatus returns the exit status of a command that ends with the error: that of the program,
// if it has one.
func (e *FailedError) ExitStatus() int { return max(e.Status, 1) }

// Switch does what a plan says. If an earlier run ended in the middle, the machine is put in
// order first, and left is told what had been left.
func (m *Machine) Switch(ctx context.Context, p Plan, left func(*Outcome)) error {
	unlock, err := m.Host.Lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	o, err := m.recover(ctx)
	if err != nil {
		return err
	}
	if o != nil && left != nil {
		left(o)
	}
	s, err := m.Host.Look(ctx)
	if err != nil {
		return err
	}
	if p.Number != 0 {
		g := s.generation(p.Number)
		if g.Number == 0 {
			return fmt.Errorf("%w: %d", ErrNoGeneration, p.Number)
		}
		p.Path = g.Path
	}
	if err := m.check(ctx, p); err != nil {
		return err
	}
	if !p.Action.setsProfile() {
		return m.run(ctx, p, nil)
	}
	i := &Intent{Action: p.Action, From: s.Current, Last: s.last(), To: p.Path, WasActive: s.Active, Special: p.Specialisation != ""}
	if err := m.writeIntent(ctx, i); err != nil {
		return err
	}
	if err := m.set(ctx, p); err != nil {
		return m.giveUp(ctx, err)
	}
	i.Activating = true
	if err := m.writeIntent(ctx, i); err != nil {
		return m.giveUp(ctx, err)
	}
	if err := m.run(ctx, p, i); err != nil {
		return err
	}
	return m.Host.WriteIntent(ctx, nil)
}

// check returns an error if the generation has no program to be activated with.
func (m *Machine) check(ctx context.Context, p Plan) error {
	if p.Specialisation != "" {
		names, err := m.Host.Entries(ctx, p.Path+"/specialisation")
		switch {
		case err != nil:
			return err
		case len(names) == 0:
			return fmt.Errorf("there is no specialisation '%s': '%s' has none", p.Specialisation, p.Path)
		case !slices.Contains(names, p.Specialisation):
			return fmt.Errorf("there is no specialisation '%s': there are %s", p.Specialisation, strings.Join(names, ", "))
		}
	}
	program := m.Kind.Program(p.Path, p.Specialisation, p.Action)[0]
	missing, err := m.Host.Missing(ctx, program)
	switch {
	case err != nil:
		return err
	case missing == program:
		return fmt.Errorf("'%s' has no %s: it is no generation of %s", p.Path, strings.TrimPrefix(program, p.Path+"/"), m.Kind.name())
	case missing != "":
		return fmt.Errorf("'%s' cannot be run, since '%s' is not there, which interprets it", program, missing)
	}
	return nil
}

// set makes the profile lead to what the plan says.
func (m *Machine) set(ctx context.Context, p Plan) error {
	if p.Number != 0 {
		return m.Host.SwitchTo(ctx, p.Number)
	}
	return m.Host.Set(ctx, p.Path)
}

// giveUp puts the machine in order after a step that failed, and returns its error.
func (m *Machine) giveUp(ctx context.Context, failed error) error {
	ctx = context.WithoutCancel(ctx) // what is left behind does not depend on why it ended
	if _, err := m.recover(ctx); err != nil {
		return fmt.Errorf("%w; and the profile could not be turned back: %w", failed, err)
	}
	return failed
}

// run runs the program of the generation. If it fails before the generation is active, the
// profile is turned back.
func (m *Machine) run(ctx context.Context, p Plan, i *Intent) error {
	argv := m.Kind.Program(p.Path, p.Specialisation, p.Action)
	status, err := m.Host.Run(ctx, argv, p.Env)
	if err == nil && status == 0 {
		return nil
	}
	failed := &FailedError{Argv: argv, Status: status, Err: err, noun: m.Kind.noun()}
	if i == nil {
		return failed
	}
	o, recovering := m.recover(context.WithoutCancel(ctx))
	if recovering != nil {
		return fmt.Errorf("%w; and the profile could not be turned back: %w", failed, recovering)
	}
	failed.Outcome = o
	return failed
}

// Delete deletes generations that choose returns, none of which is the current one, or active.
// An earlier run that ended in the middle is put in order first.
func (m *Machine) Delete(ctx context.Context, left func(*Outcome), choose func(*State) ([]int, error)) (deleted []int, err error) {
	unlock, err := m.Host.Lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	o, err := m.recover(ctx)
	if err != nil {
		return nil, err
	}
	if o != nil && left != nil {
		left(o)
	}
	s, err := m.Host.Look(ctx)
	if err != nil {
		return nil, err
	}
	numbers, err := choose(s)
	if err != nil || len(numbers) == 0 {
		return nil, err
	}
	for _, n := range numbers {
		if n == s.Current {
			return nil, fmt.Errorf("generation %d is the current one, and cannot be deleted", n)
		}
	}
	if err := m.Host.Delete(ctx, numbers); err != nil {
		return nil, err
	}
	for _, n := range numbers {
		m.say(fmt.Sprintf("deleted generation %d", n))
	}
	return numbers, nil
}
