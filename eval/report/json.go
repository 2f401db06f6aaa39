package report

// This file defines reports as JSON for tools.

import (
	"bytes"
	"encoding/json"
)

// SchemaVersion is the version of what JSON returns. It changes when a field
// changes its meaning or goes; new fields may come at any time.
const SchemaVersion = 1

// An Object is a report as JSON has it. Lists are never null.
type Object struct {
	Version     int           `json:"version"`        // SchemaVersion
	Level       string        `json:"level"`          // "error"
	Code        string        `json:"code"`           // one of Codes
	Message     string        `json:"message"`        // for people; may change
	Nix         string        `json:"nix"`            // the message of C++ Nix
	Span        *Span         `json:"span"`           // in the user's own text if possible; or null
	Source      *Span         `json:"source"`         // where it was met, if that is elsewhere; or null
	Found       []string      `json:"found"`          // values that are not as they should be
	Suggestions []string      `json:"suggestions"`    // names near to one that is not there
	Notes       []string      `json:"notes"`          // for people; may change
	Frames      []FrameObject `json:"frames"`         // innermost first
	Cycle       []StepObject  `json:"cycle"`          // of an infinite recursion: each needs the next one
	Option      *OptionObject `json:"option"`         // of a module system's error; or null
	More        []Object      `json:"more,omitempty"` // what else is wrong with the same text
	Attribute   string        `json:"attr,omitempty"` // what was evaluated, where there are several
}

// A Span is part of a text. Lines and columns count from 1, columns bytes; the end
// is behind the last byte.
type Span struct {
	File   string `json:"file"`   // absolute; or a name in guillemets for a text of the command line
	Start  Point  `json:"start"`  // of the first byte
	End    Point  `json:"end"`    // behind the last byte; start for an empty place
	Origin Origin `json:"origin"` // whose text it is: user, library or builtin
}

// A Point is a line and column. Editors that count columns in UTF-16 must convert them.
type Point struct {
	Line   int `json:"line"`   // from 1
	Column int `json:"column"` // from 1, in bytes
}

// A FrameObject is a Frame. A group has repeat and frames only: the members have the rest.
type FrameObject struct {
	Text       string        `json:"text,omitempty"`       // for people; "" for a group
	Origin     Origin        `json:"origin,omitempty"`     // of span; "" without one
	Span       *Span         `json:"span,omitempty"`       // of a call: the call, not the function
	Definition *Span         `json:"definition,omitempty"` // of a call: the function
	Repeat     int           `json:"repeat"`               // times in a row; at least 1
	Frames     []FrameObject `json:"frames,omitempty"`     // the group that repeats, innermost first
}

// A StepObject is a Step. Its name is an attribute path, a variable or the text of an expression.
type StepObject struct {
	Name string `json:"name"` // for people
	Span *Span  `json:"span"` // null for the import of a file
}

// An OptionObject is an Option. Definitions are in the order of the module system's message.
type OptionObject struct {
	Path        string             `json:"path"`           // quoted as in Nix: services."a.b".enable
	Type        string             `json:"type,omitempty"` // in the module system's words
	Definitions []DefinitionObject `json:"definitions"`    // those that the message names
}

// A DefinitionObject is a Definition. It has no span if the option is defined by a computation.
type DefinitionObject struct {
	File  string `json:"file"`            // in the module system's words; not always a path
	Value string `json:"value,omitempty"` // shortened; of the message, else of the text
	Span  *Span  `json:"span,omitempty"`  // of the attribute path, or of the wrong element
}

// Object returns the report for JSON. Lists that are empty become [], since tools iterate over
// them; the frames of an infinite recursion's cycle come first, as in the report.
func (r *Report) Object() Object {
	o := Object{
		Version: SchemaVersion, Level: "error", Code: r.Code.Name, Message: r.Message, Nix: r.Nix,
		Span: span(r.Place), Source: span(r.Source), Found: list(r.Found), Suggestions: list(r.Suggestions), Notes: list(r.Notes),
		Frames: frameObjects(r.Frames), Cycle: []StepObject{},
	}
	for _, s := range r.Cycle {
		o.Cycle = append(o.Cycle, StepObject{s.Name, span(s.Place)})
	}
	if r.Option != nil {
		o.Option = &OptionObject{Path: r.Option.Path, Type: r.Option.Type, Definitions: []DefinitionObject{}}
		for _, d := range r.Option.Definitions {
			o.Option.Definitions = append(o.Option.Definitions, DefinitionObject{d.File, d.Value, span(d.Place)})
		}
	}
	for _, more := range r.More {
		o.More = append(o.More, more.Object())
	}
	return o
}

// JSON returns the report as one line of JSON, ending in a newline: a stream of several errors
// is then JSON Lines.
func (r *Report) JSON() []byte {
	return r.Object().Line()
}

// Line returns the object as one line, ending in a newline. Characters of HTML stay as they
// are: messages are full of < and &.
func (o Object) Line() []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(o) // of strings and numbers, into memory
	return out.Bytes()
}

// list returns s, and an empty list for nil: JSON must have no null there.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// span returns the place without its lines, which tools read from the file; nil for nil.
func span(p *Place) *Span {
	if p == nil {
		return nil
	}
	return &Span{p.File, Point{p.Line, p.Column}, Point{p.EndLine, p.EndColumn}, p.Origin}
}

// frameObjects returns frames for JSON. Frames of a group are inside the group's object, so
// that a trace of a million calls is as short as that of three.
func frameObjects(list []Frame) []FrameObject {
	out := []FrameObject{}
	for _, f := range list {
		o := FrameObject{Text: f.Text, Origin: f.Origin, Span: span(f.Place), Definition: span(f.Definition), Repeat: f.Repeat}
		if f.Group != nil {
			o.Frames = frameObjects(f.Group)
		}
		out = append(out, o)
	}
	return out
}
