package lang

// This file defines the nodes of the tree. Nothing but this package makes them.
//
// What the reference writes as calls of functions that have names of their own
// (a - b, <nixpkgs>) keeps its form here; Print writes either.

// An Expr is a node. The set of types is closed: those in this file.
type Expr interface {
	// Span returns what part of the source the node covers: from where its first
	// part starts to where its last one ends. Parentheses around it are not in
	// it, nor are those around its last part. Those around its first part are in
	// a Select and a Binary, whose start errors show.
	Span() Span
	expr()
}

// A Var is a variable.
//
//	x
type Var struct {
	At   Pos
	Len  uint32 // of the text; in inherit "x" that includes the quotes
	Name Symbol
	Ref  Ref // set by Resolve
}

// An Int is an integer literal, in the range of int64.
type Int struct {
	At    Pos
	Len   uint32 // of the text
	Value int64
}

// A Float is a floating-point literal.
type Float struct {
	At    Pos
	Len   uint32 // of the text
	Value float64
}

// A String is a string without interpolation, or a part of one with it. A URL
// literal is one, too.
type String struct {
	At, End Pos
	Value   string // any bytes but NUL
}

// A Path is a path literal, or the text with which an interpolated one starts.
//
//	./a  ../a/b  /a  ~/a
type Path struct {
	At   Pos
	Text string // as written; File.ResolvePath makes it absolute
}

// An Interp is a string or path with interpolation, or an indented string that
// escapes cut into parts.
//
//	"a${X}b"
//	./a/${X}
type Interp struct {
	At, End Pos
	IsPath  bool   // the first part is a Path, and so is the result
	Indent  bool   // it is written with ''
	Parts   []Expr // String for text; anything for ${}
}

// A SearchPath is looked up by __findFile in __nixPath, both looked up by name
// where it stands.
//
//	<nixpkgs/lib>
type SearchPath struct {
	At       Pos
	Text     string // without the brackets
	FindFile Ref    // __findFile; set by Resolve
	NixPath  Ref    // __nixPath; set by Resolve
}

// A CurPos is the place where it stands, as a set.
//
//	__curPos
type CurPos struct{ At Pos }

// A List is a list.
//
//	[ X Y ]
type List struct {
	At, End Pos
	Elems   []Expr
}

// An Attrs is an attribute set, or the bindings of a let. Attribute paths are
// nested sets; what is written about one attribute in several places is merged.
//
//	{ x = X; inherit y; inherit (Z) z; ${N} = V; }
//	rec { … }
type Attrs struct {
	At, End Pos
	Rec     bool

	unsorted bool // List is being added to, while parsing

	List    []Attr    // by Symbol, each once
	Dynamic []DynAttr // in the order of the source
	From    []Expr    // Z of each inherit (Z); a recursive set has it in the slots after List
}

// An AttrKind says how an attribute is written.
type AttrKind uint8

// Kinds of attributes.
const (
	AttrPlain       AttrKind = iota // x = X;
	AttrInherit                     // inherit x;
	AttrInheritFrom                 // inherit (Z) x;
)

// An Attr is an attribute whose name is known.
type Attr struct {
	Name  Symbol
	Pos   Pos // of the attribute path it is from; File.Doc knows its documentation
	Kind  AttrKind
	From  int32 // AttrInheritFrom: which of Attrs.From
	Value Expr  // AttrInherit: a *Var, resolved outside a recursive set; AttrInheritFrom: nil
}

// A DynAttr is an attribute whose name is computed.
//
//	${Name} = Value;
type DynAttr struct {
	Pos   Pos
	Name  Expr
	Value Expr
}

// An AttrName is one step of an attribute path.
//
//	x  "x"  ${Expr}
type AttrName struct {
	Pos  Pos
	Name Symbol // 0 if it is computed
	Expr Expr   // nil if it is not
}

// A Select looks up an attribute path, with an optional default. The old
// let { … } is a Select of body from a recursive set.
//
//	X.a.${b}
//	X.a or Default
type Select struct {
	At, End Pos
	X       Expr
	Path    []AttrName
	Default Expr // nil if there is no "or"
}

// A HasAttr tells whether there is an attribute path.
//
//	X ? a.${b}
type HasAttr struct {
	At, End Pos
	Op      Pos // of the ?
	X       Expr
	Path    []AttrName
}

// An Apply applies a function to one argument or several. x or, with no
// attribute path, applies x to the variable or; a pipe applies its function.
//
//	Fn X Y
//	X |> Fn
type Apply struct {
	At, End Pos
	Call    Pos  // where errors point: the function's start, the pipe, or Fn's operator
	bareOr  bool // it is x or, and not in parentheses
	Fn      Expr
	Args    []Expr
}

// A Lambda is a function of one argument. x: y: … is two.
//
//	x: Body
//	{ a, b ? X, ... }@x: Body
type Lambda struct {
	At, End Pos
	Param   Symbol   // 0 if there is only a pattern
	Formals *Formals // nil if there is no pattern
	Body    Expr
	Name    Symbol // what it is bound to first, for messages; or 0
	Doc     Span   // documentation comment, its own or of its binding; zero if none
	// Slot is the first of its variables, set by Resolve: Param, then Formals.
	// If Merged, they are in the scope of the lambda whose body this one is.
	Slot   uint32
	Merged bool
}

// A Formals is the pattern of a lambda.
type Formals struct {
	List     []Formal // by Symbol, each once
	Ellipsis bool     // other attributes are allowed
}

// A Formal is one attribute in a pattern.
type Formal struct {
	Pos     Pos
	Name    Symbol
	Default Expr // nil if it has to be given
}

// A Let binds variables, each of which sees them all.
//
//	let x = X; in Body
type Let struct {
	At, End Pos
	Binds   *Attrs // no Dynamic
	Body    Expr
}

// A With makes the attributes of X variables, behind all others.
//
//	with X; Body
type With struct {
	At, End Pos
	X       Expr
	Body    Expr
	// Outer is how many levels from inside this with to the next enclosing
	// one; 0 if there is none. Set by Resolve.
	Outer uint32
}

// An Assert fails unless Cond is true.
//
//	assert Cond; Body
type Assert struct {
	At, End Pos
	Cond    Expr
	Body    Expr
}

// An If chooses.
//
//	if Cond then Then else Else
type If struct {
	At, End          Pos
	Cond, Then, Else Expr
}

// A Unary is an operator with one operand, OpNot or OpNegate.
//
//	!X
//	-X
type Unary struct {
	At, End Pos
	Op      Op
	Fn      Ref // __sub, for OpNegate; set by Resolve
	X       Expr
}

// A Binary is an operator with two operands.
//
//	X + Y
type Binary struct {
	At, End Pos
	OpPos   Pos // of the operator, where errors point
	Op      Op
	Fn      Ref // of the function that - * / and comparisons call; set by Resolve
	X, Y    Expr
}

// Span implements Expr.
func (x *Var) Span() Span { return Span{x.At, x.At + Pos(x.Len)} }

// Span implements Expr.
func (x *Int) Span() Span { return Span{x.At, x.At + Pos(x.Len)} }

// Span implements Expr.
func (x *Float) Span() Span { return Span{x.At, x.At + Pos(x.Len)} }

// Span implements Expr.
func (x *String) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *Path) Span() Span { return Span{x.At, x.At + Pos(len(x.Text))} }

// Span implements Expr.
func (x *Interp) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *SearchPath) Span() Span { return Span{x.At, x.At + Pos(len(x.Text)) + 2} }

// Span implements Expr.
func (x *CurPos) Span() Span { return Span{x.At, x.At + Pos(len("__curPos"))} }

// Span implements Expr.
func (x *List) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *Attrs) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *Select) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *HasAttr) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *Apply) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *Lambda) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *Let) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *With) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *Assert) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *If) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *Unary) Span() Span { return Span{x.At, x.End} }

// Span implements Expr.
func (x *Binary) Span() Span { return Span{x.At, x.End} }

func (*Var) expr()        {}
func (*Int) expr()        {}
func (*Float) expr()      {}
func (*String) expr()     {}
func (*Path) expr()       {}
func (*Interp) expr()     {}
func (*SearchPath) expr() {}
func (*CurPos) expr()     {}
func (*List) expr()       {}
func (*Attrs) expr()      {}
func (*Select) expr()     {}
func (*HasAttr) expr()    {}
func (*Apply) expr()      {}
func (*Lambda) expr()     {}
func (*Let) expr()        {}
func (*With) expr()       {}
func (*Assert) expr()     {}
func (*If) expr()         {}
func (*Unary) expr()      {}
func (*Binary) expr()     {}
