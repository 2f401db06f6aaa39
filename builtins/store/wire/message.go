package wire

// This file defines Message and Error: what a daemon says before it answers.

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/ansi"
)

// A Kind is what kind of message a Message is.
type Kind uint64

// The kinds, by their numbers.
const (
	Text          Kind = 0x6f6c6d67 // a line of the log
	Last          Kind = 0x616c7473 // the answer follows
	Failed        Kind = 0x63787470 // there is an error in place of an answer
	StartActivity Kind = 0x53545254
	StopActivity  Kind = 0x53544f50
	Result        Kind = 0x52534c54 // of an activity, such as its progress
	Want          Kind = 0x64617461 // a daemon before 1.23 asks for bytes of an archive
	Bytes         Kind = 0x64617416 // a daemon that is older still sends bytes; only read
)

// What messages are about, as far as firn tells or shows it.
const (
	LevelInfo        = 3   // Level: what users see
	ActivityCopyPath = 100 // Type of StartActivity
	ActivityBuild    = 105 // Type of StartActivity: fields are the derivation, the machine, 1 and 1
	ResultLogLine    = 101 // Type of Result: the field is a line of a builder
	ResultPhase      = 104 // Type of Result: the field is the phase of a build
)

// A Message is one of what a daemon says before it answers. Which fields count
// depends on Kind.
type Message struct {
	Kind   Kind
	Text   string  // Text, with a newline, and StartActivity; of Bytes the bytes
	ID     uint64  // of the activity: StartActivity, StopActivity and Result
	Parent uint64  // StartActivity: the activity that it is a part of; 0 if none
	Level  uint64  // StartActivity: how little it matters; 0 is an error, 3 what users see
	Type   uint64  // StartActivity and Result
	Fields []Field // StartActivity and Result
	Size   uint64  // Want: number of bytes
	Err    *Error  // Failed
}

// A Field is a number or a text.
type Field struct {
	IsText bool
	Text   string
	Number uint64
}

// An Error is an error that the peer sent.
type Error struct {
	Msg    string   // may have escape sequences for colours
	Status uint64   // of the program, before 1.26; otherwise 0
	Traces []string // what the peer was doing, innermost last
}

// Error returns the message as plain text.
func (e *Error) Error() string { return ansi.Plain(e.Msg) }

// Is reports for store.ErrInvalid, and fs.ErrNotExist, whether a path is not
// valid. The protocols have no codes for errors, so the words tell.
func (e *Error) Is(target error) bool {
	if target != store.ErrInvalid && target != fs.ErrNotExist {
		return false
	}
	text := e.Error()
	for _, begin := range []string{"path '", "derivation '"} {
		if rest, ok := strings.CutPrefix(text, begin); ok {
			_, end, _ := strings.Cut(rest, "'")
			return strings.HasPrefix(end, " is not valid")
		}
	}
	return false
}

// field reads a field.
func (r *Reader) field() Field {
	switch kind := r.Uint64(); kind {
	case 0:
		return Field{Number: r.Uint64()}
	case 1:
		return Field{IsText: true, Text: r.String()}
	default:
		r.failf("unsupported field of type %d", kind)
		return Field{}
	}
}

// Message reads a message.
func (r *Reader) Message() Message {
	m := Message{Kind: Kind(r.Uint64())}
	if r.err != nil {
		return m
	}
	switch m.Kind {
	case Last:
	case Text, Bytes:
		m.Text = r.String()
	case Failed:
		m.Err = r.error()
	case StartActivity:
		m.ID, m.Level, m.Type, m.Text = r.Uint64(), r.Uint64(), r.Uint64(), r.String()
		m.Fields = List(r, r.field)
		m.Parent = r.Uint64()
	case StopActivity:
		m.ID = r.Uint64()
	case Result:
		m.ID, m.Type = r.Uint64(), r.Uint64()
		m.Fields = List(r, r.field)
	case Want:
		m.Size = r.Uint64()
	default:
		r.failf("got unknown message type %x from Nix daemon", uint64(m.Kind))
	}
	return m
}

// Message writes a message.
func (w *Writer) Message(m Message) {
	w.Uint64(uint64(m.Kind))
	switch m.Kind {
	case Text, Bytes:
		w.String(m.Text)
	case Failed:
		w.error(m.Err)
	case StartActivity:
		w.Uint64(m.ID)
		w.Uint64(m.Level)
		w.Uint64(m.Type)
		w.String(m.Text)
		w.fields(m.Fields)
		w.Uint64(m.Parent)
	case StopActivity:
		w.Uint64(m.ID)
	case Result:
		w.Uint64(m.ID)
		w.Uint64(m.Type)
		w.fields(m.Fields)
	case Want:
		w.Uint64(m.Size)
	}
}

// fields writes the fields of a message.
func (w *Writer) fields(list []Field) {
	w.Uint64(uint64(len(list)))
	for _, f := range list {
		if f.IsText {
			w.Uint64(1)
			w.String(f.Text)
		} else {
			w.Uint64(0)
			w.Uint64(f.Number)
		}
	}
}

// error reads an error.
func (r *Reader) error() *Error {
	if r.Version < V(1, 26) {
		return &Error{Msg: r.String(), Status: r.Uint64()}
	}
	e := &Error{}
	_ = r.String() // "Error"
	_ = r.Uint64() // level
	_ = r.String() // name, not used any more
	e.Msg = r.String()
	r.position()
	e.Traces = List(r, func() string {
		r.position()
		return r.String()
	})
	return e
}

// position reads that there is no position: none is ever sent.
func (r *Reader) position() {
	if n := r.Uint64(); n != 0 {
		r.failf("unexpected position in an error")
	}
}

// error writes an error.
func (w *Writer) error(e *Error) {
	if w.Version < V(1, 26) {
		w.String(e.Msg)
		w.Uint64(max(e.Status, 1))
		return
	}
	w.String("Error")
	w.Uint64(0)
	w.String("Error")
	w.String(e.Msg)
	w.Uint64(0)
	w.Uint64(uint64(len(e.Traces)))
	for _, t := range e.Traces {
		w.Uint64(0)
		w.String(t)
	}
}

// Answer reads messages up to the answer, and hands those of the log to log,
// which may be nil. The error is the peer's, an *Error, or that of r. want, if not
// nil, sends the bytes that an old daemon asks for.
func (r *Reader) Answer(log func(Message), want func(n uint64) error) error {
	for {
		r.Begin()
		m := r.Message()
		switch {
		case r.err != nil:
			return r.err
		case m.Kind == Last:
			r.Begin()
			return nil
		case m.Kind == Failed:
			return m.Err
		case m.Kind == Want:
			if want == nil {
				r.failf("daemon asks for %d bytes that it should have", m.Size)
				return r.err
			}
			if err := want(m.Size); err != nil {
				r.Fail(fmt.Errorf("sending an archive: %w", err))
				return r.err
			}
		case log != nil:
			log(m)
		}
	}
}
