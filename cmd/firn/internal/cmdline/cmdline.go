// Package cmdline reads command lines into the fields of structs, as their tags say.
//
//	New          an App, from a struct whose fields are commands and flags
//	Node         a command, or the program itself
//	Flag, Value  what may be given to it
//	App.Parse    a Line: a command with its flags and operands
//	Line.Run     calls the method Run of the command
//
// The tags are those of the package kong:
//
//	cmd:""             the field, a struct, is a command; what is in it belongs to that
//	embed:""           the fields of the field belong to the struct, as those of an embedded struct do
//	arg:""             an operand; a list takes all that are left
//	name:"x"           the name; without it, that of the field: MaxTime is max-time
//	help:"…"           a sentence; ${enum} stands for the words of enum
//	short:"x"          a flag of one letter
//	aliases:"a,b"      other names of a flag or command
//	placeholder:"X"    the value in texts
//	default:"x"        the value if there is none
//	enum:"a,b"         the values that there are
//	sep:"x"            what separates values in a word for a list, "none": nothing; a comma without it
//	xor:"group"        flags of which one may be given
//	required:""        a flag that must be given
//	optional:""        an operand that may be left out
//	negatable:""       a flag with the opposite --no-NAME
//	hidden:""          not in texts
//	passthrough:""     a command for which all that follows is operands
//
// Package kong itself is not used by firn, for it looks up methods by names that
// it computes, so that the linker keeps all exported methods of a program: that is a
// seventh of firn, and takes a fifth of its memory when it starts.
package cmdline

// This file defines Node, Value and Flag, and how a struct becomes them.

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// An App is a program.
type App struct {
	*Node
	HelpFlag *Flag // --help; nil without Options.Help
}

// A Node is a command or, without a parent, the program.
type Node struct {
	Name        string
	Help        string // a sentence
	Detail      string // what the method Help says
	Aliases     []string
	Hidden      bool
	Passthrough bool // all that follows is operands
	Parent      *Node
	Children    []*Node
	Flags       []*Flag
	Positional  []*Value // operands, in their order

	target reflect.Value // the struct
}

// A Value is a flag or an operand.
type Value struct {
	Name     string
	Help     string
	Default  string
	Enum     string // words with commas in between; "" for any
	Required bool
	Target   reflect.Value // the field

	isFlag bool
	sep    string // between values in a word; "" for one value
	given  bool   // by the command line
}

// A Flag is a Value that has a name on the command line.
type Flag struct {
	*Value
	Short       rune // 0 without one
	Aliases     []string
	Placeholder string
	Negatable   bool
	Hidden      bool
	xor         string
}

// An Optional is the value of a flag that may stand alone: --stats, or --stats=json.
type Optional interface {
	// SetFlag takes what is behind the =, or "" and false if there is none.
	SetFlag(text string, given bool) error
}

// Options say what an App is called.
type Options struct {
	Name        string
	Description string
	Help        string // the text of the flag --help; without it there is none
}

// New returns the program whose commands and flags are the fields of the struct that
// target points to.
func New(target any, o Options) (*App, error) {
	v := reflect.ValueOf(target)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return nil, fmt.Errorf("%T is no pointer to a struct", target)
	}
	app := &App{Node: &Node{Name: o.Name, Help: o.Description, target: v.Elem()}}
	if o.Help != "" {
		app.HelpFlag = &Flag{Value: &Value{Name: "help", Help: o.Help, Target: reflect.New(reflect.TypeFor[bool]()).Elem(), isFlag: true}, Short: 'h'}
		app.Flags = append(app.Flags, app.HelpFlag)
	}
	return app, app.fields(v.Elem())
}

// fields adds what the fields of a struct stand for.
func (n *Node) fields(v reflect.Value) error {
	for i := range v.NumField() {
		f, target := v.Type().Field(i), v.Field(i)
		tag := f.Tag
		has := func(key string) bool { _, ok := tag.Lookup(key); return ok }
		var err error
		switch {
		case has("embed") || f.Anonymous && f.Type.Kind() == reflect.Struct:
			err = n.fields(target)
		case !f.IsExported():
		case has("cmd"):
			child := &Node{
				Name: nameOf(f), Help: tag.Get("help"), Aliases: list(tag.Get("aliases")), Hidden: has("hidden"),
				Passthrough: has("passthrough"), Parent: n, target: target,
			}
			if h, ok := target.Addr().Interface().(interface{ Help() string }); ok {
				child.Detail = h.Help()
			}
			n.Children = append(n.Children, child)
			err = child.fields(target)
		default:
			err = n.value(f, target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// value adds a flag or an operand.
func (n *Node) value(f reflect.StructField, target reflect.Value) error {
	has := func(key string) bool { _, ok := f.Tag.Lookup(key); return ok }
	v := &Value{Name: nameOf(f), Default: f.Tag.Get("default"), Enum: f.Tag.Get("enum"), Target: target}
	v.Help = strings.ReplaceAll(f.Tag.Get("help"), "${enum}", v.Enum)
	item := target
	if v.IsSlice() {
		item = reflect.New(target.Type().Elem()).Elem()
	}
	if !settable(item) {
		return fmt.Errorf("the field %s has a type that no word can be: %s", f.Name, f.Type)
	}
	if has("arg") {
		v.Required = !has("optional")
		n.Positional = append(n.Positional, v)
		return nil
	}
	v.isFlag, v.Required = true, has("required")
	switch sep := f.Tag.Get("sep"); {
	case !v.IsSlice() || sep == "none":
	case sep == "":
		v.sep = ","
	default:
		v.sep = sep
	}
	flag := &Flag{
		Value: v, Aliases: list(f.Tag.Get("aliases")), Placeholder: f.Tag.Get("placeholder"),
		Negatable: has("negatable"), Hidden: has("hidden"), xor: f.Tag.Get("xor"),
	}
	for _, r := range f.Tag.Get("short") {
		flag.Short = r
	}
	n.Flags = append(n.Flags, flag)
	return nil
}

// settable reports whether a word can become the value of v.
func settable(v reflect.Value) bool {
	switch v.Addr().Interface().(type) {
	case encoding.TextUnmarshaler, Optional:
		return true
	}
	switch v.Kind() {
	case reflect.Bool, reflect.String, reflect.Int, reflect.Int64, reflect.Uint, reflect.Uint64:
		return true
	}
	return false
}

// nameOf returns the name of what a field stands for.
func nameOf(f reflect.StructField) string {
	if name := f.Tag.Get("name"); name != "" {
		return name
	}
	return dashed(f.Name)
}

// dashed returns a name of Go as it is on command lines: MaxTime is max-time, JSONLines
// json-lines.
func dashed(name string) string {
	var b strings.Builder
	letters := []rune(name)
	for i, r := range letters {
		small := i+1 < len(letters) && unicode.IsLower(letters[i+1])
		if i > 0 && unicode.IsUpper(r) && (unicode.IsLower(letters[i-1]) || unicode.IsUpper(letters[i-1]) && small) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// list returns the words of a text with commas.
func list(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// Path returns the names of the commands that lead to the node, without the program.
func (n *Node) Path() string {
	if n.Parent == nil || n.Parent.Parent == nil {
		if n.Parent == nil {
			return ""
		}
		return n.Name
	}
	return n.Parent.Path() + " " + n.Name
}

// AllFlags returns the flags of the node behind those of its parents, one list for each
// that has some.
func (n *Node) AllFlags(hide bool) [][]*Flag {
	var out [][]*Flag
	if n.Parent != nil {
		out = n.Parent.AllFlags(hide)
	}
	var own []*Flag
	for _, f := range n.Flags {
		if !hide || !f.Hidden {
			own = append(own, f)
		}
	}
	if len(own) > 0 {
		out = append(out, own)
	}
	return out
}

// leaves returns the commands below the node that have none below them, without hidden
// ones.
func (n *Node) leaves() []*Node {
	var out []*Node
	for _, child := range n.Children {
		switch {
		case child.Hidden:
		case len(child.Children) == 0:
			out = append(out, child)
		default:
			out = append(out, child.leaves()...)
		}
	}
	return out
}

// child returns the command of that name, or nil.
func (n *Node) child(name string) *Node {
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
		for _, alias := range c.Aliases {
			if alias == name {
				return c
			}
		}
	}
	return nil
}

// IsSlice reports whether there may be several of v.
func (v *Value) IsSlice() bool {
	return v.Target.Type().Name() == "" && v.Target.Kind() == reflect.Slice
}

// IsBool reports whether a flag may stand without a value.
func (v *Value) IsBool() bool {
	_, optional := v.Target.Addr().Interface().(Optional)
	return optional || v.Target.Kind() == reflect.Bool
}

// EnumSlice returns the values that there are.
func (v *Value) EnumSlice() []string { return list(v.Enum) }

// shown returns v as texts name it.
func (v *Value) shown() string {
	if v.isFlag {
		return "--" + v.Name
	}
	text := "<" + v.Name + ">"
	if v.IsSlice() {
		text += " ..."
	}
	if !v.Required {
		text = "[" + text + "]"
	}
	return text
}

// FormatPlaceHolder returns what stands for the value of a flag.
func (f *Flag) FormatPlaceHolder() string {
	text := f.Placeholder
	switch {
	case text != "":
	case f.Default != "" && f.Target.Kind() == reflect.String:
		text = `"` + f.Default + `"`
	case f.Default != "":
		text = f.Default
	default:
		text = strings.ToUpper(f.Name)
	}
	if f.sep != "" {
		text += f.sep + "..."
	}
	return text
}
