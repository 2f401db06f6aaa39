package report

// This file defines how an infinite recursion is shown: each value on the way from
// one that needs itself back to it.

import (
	"fmt"
	"strings"
)

// cycle sets the steps of an infinite recursion. The evaluator records thunks, which have no
// names; a thunk is called by the attribute or variable whose value it is, or by its text.
// The first step is the one that the user wrote, if there is one, and the message names it:
// the thunk that the evaluator happened to meet twice is mostly one of a library.
func (r *reporter) cycle() {
	e := r.err
	if len(e.Cycle) == 0 {
		return
	}
	last := ""
	for _, link := range e.Cycle {
		if link.File != "" {
			r.out.Cycle = append(r.out.Cycle, Step{Name: "the file " + link.File})
			continue
		}
		s, at := r.source(link.Span.Start)
		if s == nil {
			continue
		}
		step := Step{}
		to := at + int(link.Span.End-link.Span.Start)
		if b, ok := s.binding(at, to); ok {
			from := s.file.Offset(b.at)
			step = Step{Name: b.name, Place: r.placeIn(s.file, from, s.nameEnd(from)), source: s, value: identifier(s.file.Source[at:to])}
		} else if to > at {
			step = Step{Name: shorten(s.file.Source[at:to]), Place: r.placeIn(s.file, at, to)}
		} else {
			step = Step{Name: link.Name, Place: r.placeIn(s.file, at, at+len(firstWord(s.file.Source[at:])))}
		}
		// A value and what it is alone are two thunks, but one thing.
		key := fmt.Sprintf("%s %s:%d:%d", step.Name, step.Place.File, step.Place.Line, step.Place.Column)
		if key == last {
			continue
		}
		last = key
		r.alias(step.Name)
		r.out.Cycle = append(r.out.Cycle, step)
	}
	if len(r.out.Cycle) == 0 {
		return
	}
	r.alias(r.out.Cycle[0].Name)
	r.out.Message = "infinite recursion: " + quoteName(r.out.Cycle[0].Name) + " needs itself"
	for i, step := range r.out.Cycle {
		if step.Place != nil && step.Place.Origin == User {
			if i > 0 {
				r.out.Message = "infinite recursion: " + quoteName(step.Name) + " needs itself"
			}
			// It is a circle: it may as well begin with what the user wrote.
			r.out.Cycle = append(append([]Step(nil), r.out.Cycle[i:]...), r.out.Cycle[:i]...)
			r.out.Place, r.out.Source = step.Place, nil
			break
		}
	}
}

// alias adds the steps between the last one and next that the evaluator did not record: a
// variable whose value is a variable shares its thunk. Ten are the most, so that a text with
// variables in a circle cannot keep the report busy.
func (r *reporter) alias(next string) {
	n := len(r.out.Cycle)
	if n == 0 || r.out.Cycle[n-1].value == "" {
		return
	}
	s := r.out.Cycle[n-1].source
	for name, k := r.out.Cycle[n-1].value, 0; name != next && k < 10; k++ {
		at, value := s.variable(name)
		if value == "" {
			return
		}
		from := s.file.Offset(at)
		r.out.Cycle = append(r.out.Cycle, Step{Name: name, Place: r.placeIn(s.file, from, s.nameEnd(from))})
		name = value
	}
}

// quoteName quotes a name for a message. Text of a program, which may have quotes itself, is
// put between backquotes.
func quoteName(name string) string {
	if strings.ContainsAny(name, " '") {
		return "`" + name + "`"
	}
	return "'" + name + "'"
}

// shorten returns the text of an expression on one line, cut after 40 characters: it is part
// of a sentence.
func shorten(text string) string {
	const most = 40
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-len(ellipsis)]) + ellipsis
	}
	return text
}
