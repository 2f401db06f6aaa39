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
	File   string `json:"file"`
	Start  Point  `json:"start"`
	End    Point  `json:"end"`
	Origin Origin `json:"origin"` // whose text it is: user, library or builtin
}

// A Point is a line and column.
type Point struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// A FrameObject is a Frame. If frames is there, they repeat together.
type FrameObject struct {
	Text       string        `json:"text,omitempty"`
	Origin     Origin        `json:"origin,omitempty"`
	Span       *Span         `json:"span,omitempty"`
	Definition *Span         `json:"definition,omitempty"`
	Repeat     int           `json:"repeat"`
	Frames     []FrameObject `json:"frames,omitempty"`
}

// A StepObject is a Step.
type StepObject struct {
	Name string `json:"name"`
	Span *Span  `json:"span"`
}

// An OptionObject is an Option.
type OptionObject struct {
	Path        string             `json:"path"`
	Type        string             `json:"type,omitempty"`
	Definitions []DefinitionObject `json:"definitions"`
}

// A DefinitionObject is a Definition.
type DefinitionObject struct {
	File  string `json:"file"`
	Value string `json:"value,omitempty"`
	Span  *Span  `json:"span,omitempty"`
}

// Object returns the report for JSON.
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

// JSON returns the report as one line of JSON, ending in a newline.
func (r *Report) JSON() []byte {
	return r.Object().Line()
}

// Line returns the object as one line, ending in a newline.
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

// span returns the place without its text, which tools have; nil for nil.
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
