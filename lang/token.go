package lang

// This file defines the tokens, their names in messages, and the table of
// operators that parser, printer and documentation read.

import "github.com/alecthomas/participle/v2/lexer"

// Token types. The names without "tok" are the ones in the tags of grammar.go.
const (
	tokEOF lexer.TokenType = lexer.EOF

	tokInvalid      lexer.TokenType = iota // a lexical error; see scanner.invalid
	tokMore                                // end of the window: refill
	tokIdent                               // in the order of the reference's token table,
	tokStringPart                          // in which messages list what was expected
	tokIndPart                             //
	tokInt                                 //
	tokFloat                               //
	tokPath                                // a whole literal path
	tokPathStart                           // the text before the first ${ of a path
	tokHomePath                            // ~/…
	tokHomeStart                           //
	tokSearchPath                          // <…>
	tokPathPart                            // more text of a path, after a }
	tokPathEnd                             // no text
	tokURI                                 //
	tokIf                                  //
	tokThen                                //
	tokElse                                //
	tokAssert                              //
	tokWith                                //
	tokLet                                 //
	tokIn                                  //
	tokRec                                 //
	tokInherit                             //
	tokEqual                               //
	tokNotEqual                            //
	tokLessEqual                           //
	tokGreaterEqual                        //
	tokUpdate                              //
	tokConcat                              //
	tokAnd                                 //
	tokOrOr                                //
	tokImplies                             //
	tokOr                                  // the word or
	tokPipeLeft                            //
	tokPipeRight                           //
	tokDollarBrace                         //
	tokIndOpen                             // '' of a string with ${
	tokIndClose                            //
	tokEllipsis                            //
	tokQuestion                            //
	tokColon                               //
	tokAt                                  //
	tokSemicolon                           //
	tokLess                                //
	tokGreater                             //
	tokPlus                                //
	tokMinus                               //
	tokStar                                //
	tokSlash                               //
	tokNot                                 //
	tokDot                                 //
	tokQuote                               // " of a string with ${
	tokLParen                              //
	tokRParen                              //
	tokLBrace                              //
	tokRBrace                              //
	tokLBracket                            //
	tokRBracket                            //
	tokAssign                              //
	tokComma                               //

	// Variants that the lexer tells apart so that one token decides.
	tokLambdaIdent // an identifier before : or @
	tokFormals     // a { that opens formals
	tokLegacyLet   // a let before {
	tokString      // a whole "…" without ${
	tokIndString   // a whole ''…'' without ${
	tokCount
)

// tokens has the name of each token type in the grammar, and in messages,
// where the words are the reference's.
var tokens = [tokCount]struct{ name, text string }{
	tokInvalid:      {"Invalid", "invalid token"},
	tokMore:         {"More", ""},
	tokIdent:        {"Ident", "identifier"},
	tokStringPart:   {"StringPart", "string"},
	tokIndPart:      {"IndPart", "indented string"},
	tokInt:          {"Int", "integer"},
	tokFloat:        {"Float", "floating-point literal"},
	tokPath:         {"Path", "path"},
	tokPathStart:    {"PathStart", "path"},
	tokHomePath:     {"HomePath", "'~/…' path"},
	tokHomeStart:    {"HomeStart", "'~/…' path"},
	tokSearchPath:   {"SearchPath", "'<…>' path"},
	tokPathPart:     {"PathPart", "string"},
	tokPathEnd:      {"PathEnd", "end of path"},
	tokURI:          {"URI", "URI"},
	tokIf:           {"If", "'if'"},
	tokThen:         {"Then", "'then'"},
	tokElse:         {"Else", "'else'"},
	tokAssert:       {"Assert", "'assert'"},
	tokWith:         {"With", "'with'"},
	tokLet:          {"Let", "'let'"},
	tokIn:           {"In", "'in'"},
	tokRec:          {"Rec", "'rec'"},
	tokInherit:      {"Inherit", "'inherit'"},
	tokEqual:        {"Equal", "'=='"},
	tokNotEqual:     {"NotEqual", "'!='"},
	tokLessEqual:    {"LessEqual", "'<='"},
	tokGreaterEqual: {"GreaterEqual", "'>='"},
	tokUpdate:       {"Update", "'//'"},
	tokConcat:       {"Concat", "'++'"},
	tokAnd:          {"And", "'&&'"},
	tokOrOr:         {"OrOr", "'||'"},
	tokImplies:      {"Implies", "'->'"},
	tokOr:           {"Or", "'or'"},
	tokPipeLeft:     {"PipeLeft", "'<|'"},
	tokPipeRight:    {"PipeRight", "'|>'"},
	tokDollarBrace:  {"DollarBrace", "'${'"},
	tokIndOpen:      {"IndOpen", "start of an indented string"},
	tokIndClose:     {"IndClose", "end of an indented string"},
	tokEllipsis:     {"Ellipsis", "'...'"},
	tokQuestion:     {"Question", "'?'"},
	tokColon:        {"Colon", "':'"},
	tokAt:           {"At", "'@'"},
	tokSemicolon:    {"Semicolon", "';'"},
	tokLess:         {"Less", "'<'"},
	tokGreater:      {"Greater", "'>'"},
	tokPlus:         {"Plus", "'+'"},
	tokMinus:        {"Minus", "'-'"},
	tokStar:         {"Star", "'*'"},
	tokSlash:        {"Slash", "'/'"},
	tokNot:          {"Not", "'!'"},
	tokAssign:       {"Assign", "'='"},
	tokDot:          {"Dot", "'.'"},
	tokQuote:        {"Quote", "'\"'"},
	tokLParen:       {"LParen", "'('"},
	tokRParen:       {"RParen", "')'"},
	tokLBrace:       {"LBrace", "'{'"},
	tokRBrace:       {"RBrace", "'}'"},
	tokLBracket:     {"LBracket", "'['"},
	tokRBracket:     {"RBracket", "']'"},
	tokComma:        {"Comma", "','"},
	tokLambdaIdent:  {"LambdaIdent", "identifier"},
	tokFormals:      {"Formals", "'{'"},
	tokLegacyLet:    {"LegacyLet", "'let'"},
	tokString:       {"String", "'\"'"},
	tokIndString:    {"IndString", "start of an indented string"},
}

// tokenText returns what messages call a token of type t.
func tokenText(t lexer.TokenType) string {
	if t == tokEOF {
		return "end of file"
	}
	return tokens[t].text
}

// keyword returns the token of a name: a keyword, or tokIdent. or is among the
// keywords, though it is also a name.
func keyword(name string) lexer.TokenType {
	switch name {
	case "if":
		return tokIf
	case "then":
		return tokThen
	case "else":
		return tokElse
	case "assert":
		return tokAssert
	case "with":
		return tokWith
	case "let":
		return tokLet
	case "in":
		return tokIn
	case "rec":
		return tokRec
	case "inherit":
		return tokInherit
	case "or":
		return tokOr
	}
	return tokIdent
}

// isReserved reports whether name must be quoted as an attribute name. or need not.
func isReserved(name string) bool {
	t := keyword(name)
	return t != tokIdent && t != tokOr
}

// An Op is an operator.
type Op uint8

// Operators, those that bind most tightly first.
const (
	OpNone Op = iota
	OpNegate
	OpHasAttr
	OpConcat
	OpMul
	OpDiv
	OpAdd
	OpSub
	OpNot
	OpUpdate
	OpLess
	OpLessEqual
	OpGreater
	OpGreaterEqual
	OpEqual
	OpNotEqual
	OpAnd
	OpOr
	OpImplies
	OpPipeRight
	OpPipeLeft
	opCount
)

// assoc tells how operators of one precedence group.
type assoc uint8

const (
	assocLeft assoc = iota
	assocRight
	assocNone // a second one in a row is a syntax error
)

// operators is the operator table of the manual, section "Operators", with
// the precedences turned around: a higher number binds more tightly.
//
// Quirk: - * / < > <= >= are calls of a function that is looked up by name
// where the operator stands, so that a program can replace it.
var operators = [opCount]struct {
	symbol string
	token  lexer.TokenType
	prec   uint8
	assoc  assoc
	fn     Symbol // the function that is called, if that can be replaced
}{
	OpNegate:       {"-", tokMinus, 13, assocNone, symSub},
	OpHasAttr:      {"?", tokQuestion, 12, assocLeft, 0},
	OpConcat:       {"++", tokConcat, 11, assocRight, 0},
	OpMul:          {"*", tokStar, 10, assocLeft, symMul},
	OpDiv:          {"/", tokSlash, 10, assocLeft, symDiv},
	OpAdd:          {"+", tokPlus, 9, assocLeft, 0},
	OpSub:          {"-", tokMinus, 9, assocLeft, symSub},
	OpNot:          {"!", tokNot, 8, assocNone, 0},
	OpUpdate:       {"//", tokUpdate, 7, assocRight, 0},
	OpLess:         {"<", tokLess, 6, assocNone, symLessThan},
	OpLessEqual:    {"<=", tokLessEqual, 6, assocNone, symLessThan},
	OpGreater:      {">", tokGreater, 6, assocNone, symLessThan},
	OpGreaterEqual: {">=", tokGreaterEqual, 6, assocNone, symLessThan},
	OpEqual:        {"==", tokEqual, 5, assocNone, 0},
	OpNotEqual:     {"!=", tokNotEqual, 5, assocNone, 0},
	OpAnd:          {"&&", tokAnd, 4, assocLeft, 0},
	OpOr:           {"||", tokOrOr, 3, assocLeft, 0},
	OpImplies:      {"->", tokImplies, 2, assocRight, 0},
	OpPipeRight:    {"|>", tokPipeRight, 1, assocLeft, 0},
	OpPipeLeft:     {"<|", tokPipeLeft, 1, assocRight, 0},
}

func (op Op) String() string { return operators[op].symbol }

// binaryOps finds the binary operator of a token.
var binaryOps = func() (t [tokCount]Op) {
	for op := OpHasAttr; op < opCount; op++ {
		if op != OpNot && op != OpNegate {
			t[operators[op].token] = op
		}
	}
	return t
}()
