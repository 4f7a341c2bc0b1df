/** Words that are no identifier. Source: keyword.kwlist of Python 3.13; soft keywords are identifiers. */
export const keywords: ReadonlySet<string> = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(' '),
)

/**
 * Attributes of every model that a field or a reverse accessor of the same name would hide: `dir()` of a model of Django 6.1.
 * `check` hidden fails the checks (models.E020), `save` and `delete` fail later. `pk` is fields.E003.
 */
export const modelAttributes: ReadonlySet<string> = new Set(
  (
    'DoesNotExist MultipleObjectsReturned NotUpdated Meta adelete arefresh_from_db asave check clean clean_fields date_error_message delete from_db full_clean get_constraints ' +
    'get_deferred_fields objects pk prepare_database_save refresh_from_db save save_base serializable_value unique_error_message validate_constraints validate_unique'
  ).split(' '),
)

/** Modules and names that the code imports: a field or class of the same name would hide them from what follows. */
export const importedNames: ReadonlySet<string> = new Set(
  (
    'models gis_models uuid4 now datetime UUID Decimal AppConfig RawSQL Now UUID4 ArrayField HStoreField SearchVectorField IntegerRangeField BigIntegerRangeField DecimalRangeField ' +
    'DateRangeField DateTimeRangeField Length Lower Upper Trim LTrim RTrim Abs Coalesce Concat Exact GreaterThan GreaterThanOrEqual LessThan LessThanOrEqual IsNull In'
  ).split(' '),
)

/** Names that a reader takes for a digit (pycodestyle E741). */
export const ambiguousNames: ReadonlySet<string> = new Set(['l', 'O', 'I'])

/** Capitalized builtins of Python, `Meta`, and words that a reader takes for Django's own: no class of a model is called so. */
export const classWords: ReadonlySet<string> = new Set(
  (
    'Meta False None True Ellipsis NotImplemented ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning ' +
    'ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EncodingWarning EnvironmentError Exception ' +
    'ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError ' +
    'IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError ' +
    'PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration ' +
    'StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError ' +
    'UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError ' +
    'Model Manager Field Q F Value Func Case When Index CheckConstraint UniqueConstraint ForeignKey OneToOneField ManyToManyField AutoField BigAutoField SmallAutoField TextChoices ' +
    'BooleanField SmallIntegerField IntegerField BigIntegerField PositiveSmallIntegerField PositiveIntegerField PositiveBigIntegerField DecimalField FloatField CharField TextField ' +
    'BinaryField DateField TimeField DateTimeField DurationField UUIDField JSONField GenericIPAddressField GeneratedField CompositePrimaryKey'
  ).split(' '),
)
